import { writeBinary } from './binary-values.js';
import { JSON_LENGTH_HEADER } from './binary-body.js';
import type { InferAnswer } from './infer.js';
import type { InferRequest } from './infer-request.js';
import type { OutputTensor } from './output-tensors.js';

/** An HTTP answer, ready to be sent by whoever holds the connection. */
export interface InferReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** Writes an answer as JSON, and the outputs that were asked for in binary behind it. */
export function writeInferAnswer({ model, version, outputs }: InferAnswer, request: InferRequest): InferReply {
  const parts = outputs.map((output) => partOf(output, isBinary(request, output.name)));
  const json = JSON.stringify({
    model_name: model,
    model_version: version,
    // Undefined where the request had none: JSON leaves it out.
    id: request.id,
    outputs: parts.map(({ described }) => described),
  });
  const tails = parts.flatMap(({ bytes }) => bytes ?? []);
  return tails.length > 0 ? binaryReply(json, tails) : { status: 200, headers: JSON_HEADERS, body: json };
}

const JSON_HEADERS = { 'content-type': 'application/json' };

function binaryReply(json: string, tails: readonly Buffer[]): InferReply {
  const head = Buffer.from(json);
  const headers = { 'content-type': 'application/octet-stream', [JSON_LENGTH_HEADER]: String(head.length) };
  return { status: 200, headers, body: Buffer.concat([head, ...tails]) };
}

// What an output asks for itself beats what the request asks for all.
function isBinary({ parameters, outputs }: InferRequest, name: string): boolean {
  const own = outputs?.find((output) => output.name === name)?.parameters.binary_data;
  return (own ?? parameters.binary_data_output) === true;
}

function partOf(output: OutputTensor, inBinary: boolean) {
  if (!inBinary) return { described: output, bytes: undefined };
  const { name, datatype, shape } = output;
  const bytes = writeBinary(output);
  return { described: { name, datatype, shape, parameters: { binary_data_size: bytes.length } }, bytes };
}
