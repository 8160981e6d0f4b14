"""The same ONNX file behind FastAPI, as lean as one usually writes it: orjson, uvloop, httptools; it keeps nothing."""

import sys

import numpy
import onnxruntime
import uvicorn
from fastapi import FastAPI
from fastapi.responses import ORJSONResponse
from pydantic import BaseModel


class Flight(BaseModel):
    sched_dep_time: int
    sched_arr_time: int
    distance: float
    clouds: float
    pres: float
    wind_spd: float
    precip: float
    snow: float


options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
session = onnxruntime.InferenceSession(sys.argv[1], options, providers=["CPUExecutionProvider"])
input_name = session.get_inputs()[0].name
output_name = session.get_outputs()[0].name
names = list(Flight.model_fields)
app = FastAPI()


def scores_of(flights: list[Flight]) -> list[float]:
    rows = numpy.array([[getattr(flight, name) for name in names] for flight in flights], dtype=numpy.float64)
    return session.run([output_name], {input_name: rows})[0].ravel().tolist()


@app.post("/model/predict/")
async def predict(flight: Flight) -> ORJSONResponse:
    return ORJSONResponse({"score": scores_of([flight])[0], "model_version": 1})


@app.post("/model/predict/batch/")
async def predict_batch(flights: list[Flight]) -> ORJSONResponse:
    return ORJSONResponse([{"score": score, "model_version": 1} for score in scores_of(flights)])


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=0, loop="uvloop", http="httptools", access_log=False)
