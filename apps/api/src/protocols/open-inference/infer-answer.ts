import type { DoorAnswer } from '../../doors/door.js';
import { writeBinary } from './binary-values.js';
import { JSON_LENGTH_HEADER } from './binary-body.js';
import type { InferAnswer } from './infer.js';
import type { InferRequest } from './infer-request.js';
import type { OutputTensor } from './output-tensors.js';

/** Writes an answer as JSON, and the outputs that were asked for in binary behind it. */
export function writeInferAnswer({ model, version, outputs }: InferAnswer, request: InferRequest): DoorAnswer {
  const tails: Buffer[] = [];
  const described = outputs.map((output) => describe(output, isBinary(request, output.name) ? tails : undefined));
  const id = request.id === undefined ? '' : `,"id":${JSON.stringify(request.id)}`;
  // Put together from its parts: making an object of them first takes three times as long.
  const json = `{"model_name":${JSON.stringify(model)},"model_version":"${version}"${id},"outputs":[${described.join()}]}`;
  return tails.length > 0 ? binaryReply(json, tails) : { status: 200, headers: JSON_HEADERS, body: json };
}

const JSON_HEADERS = { 'content-type': 'application/json' };

function binaryReply(json: string, tails: readonly Buffer[]): DoorAnswer {
  const head = Buffer.from(json);
  const headers = { 'content-type': 'application/octet-stream', [JSON_LENGTH_HEADER]: String(head.length) };
  return { status: 200, headers, body: Buffer.concat([head, ...tails]) };
}

// What an output asks for itself beats what the request asks for all.
function isBinary({ parameters, outputs }: InferRequest, name: string): boolean {
  const own = outputs?.find((output) => output.name === name)?.parameters.binary_data;
  return (own ?? parameters.binary_data_output) === true;
}

// The JSON of an output; in binary its values go to the `tails` instead.
function describe(output: OutputTensor, tails: Buffer[] | undefined): string {
  const { name, datatype, shape, data } = output;
  // Names and datatypes are words of ours, which need no escapes.
  const text = `{"name":"${name}","datatype":"${datatype}","shape":[${shape.join()}]`;
  if (!tails) return `${text},"data":${JSON.stringify(data)}}`;
  const bytes = writeBinary(output);
  tails.push(bytes);
  return `${text},"parameters":{"binary_data_size":${bytes.length}}}`;
}
