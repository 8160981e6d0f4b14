"""Asks a running service everything that tritonclient can ask, over HTTP and gRPC; any difference ends it."""
import sys

import numpy as np
import tritonclient.grpc as grpcclient
import tritonclient.http as httpclient
from tritonclient.utils import InferenceServerException

MODEL = "flight-delay"
ROW = [1059, 1209, 284, 93, 1011, 5.8, 0.0, 0.0]


def check(client, module, expected, **options):
    assert client.is_server_live() and client.is_server_ready()
    assert client.is_model_ready(MODEL) and client.is_model_ready(MODEL, "1")
    client.get_server_metadata()
    client.get_model_metadata(MODEL)
    matrix = np.array([ROW, ROW], dtype=np.float64)
    for how in options.get("forms", [{}]):
        single = [tensor(module, "rows", matrix, how)]
        named = [tensor(module, name, matrix[:, [at]], how) for at, name in enumerate(names_of(client))]
        for inputs in (single, named):
            for outputs in (None, [module.InferRequestedOutput("score")]):
                for packing in options.get("packings", [{}]):
                    answer = client.infer(MODEL, inputs, outputs=outputs, request_id="a-1", **packing)
                    scores = answer.as_numpy("score")
                    assert scores.shape == (2, 1) and (scores == expected).all(), scores
    refused(lambda: client.infer("other", [tensor(module, "rows", matrix, {})]), "other")
    refused(lambda: client.infer(MODEL, [tensor(module, "x", matrix[:, :1], {})]), "x")
    client.get_model_repository_index()
    client.unload_model(MODEL)
    assert not is_ready(client)
    client.load_model(MODEL)
    assert is_ready(client)
    client.close()


def is_ready(client):
    try:
        return client.is_model_ready(MODEL)
    except InferenceServerException:
        return False


def names_of(client):
    metadata = client.get_model_metadata(MODEL)
    inputs = metadata["inputs"] if isinstance(metadata, dict) else metadata.inputs
    return [i["name"] if isinstance(metadata, dict) else i.name for i in inputs]


def tensor(module, name, values, how):
    value = module.InferInput(name, values.shape, "FP64")
    value.set_data_from_numpy(np.ascontiguousarray(values), **how)
    return value


def refused(call, named):
    try:
        call()
    except InferenceServerException as error:
        assert named in error.message(), error
    else:
        raise AssertionError(f"{named} was not refused")


http_address, grpc_address, score = sys.argv[1:]
check(
    httpclient.InferenceServerClient(http_address),
    httpclient,
    float(score),
    forms=[{"binary_data": True}, {"binary_data": False}],
    packings=[{}, {"request_compression_algorithm": "gzip"}, {"request_compression_algorithm": "deflate"}],
)
check(grpcclient.InferenceServerClient(grpc_address), grpcclient, float(score))
print("tritonclient agrees over HTTP and gRPC")
