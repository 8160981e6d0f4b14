import { exact, readBinary, textOf, writeBinary } from '../binary-values.js';
import { type Datatype, DATATYPES, isDatatype } from '../datatypes.js';
import type { InferAnswer } from '../infer.js';
import { distinct } from '../infer-json.js';
import { type InferRequest, requestInvalid } from '../infer-request.js';
import { readJsonData } from '../json-data.js';
import type { OutputTensor } from '../output-tensors.js';
import { show, sizeOfShape, tensorInvalid, type WireTensor } from '../tensor.js';

/** The lists of InferTensorContents, 64-bit numbers as decimal texts; an absent one is empty. */
type Contents = Readonly<Record<string, readonly unknown[]>>;

/** A ModelInferRequest as it is loaded from the proto file. */
export interface InferMessage {
  readonly model_name: string;
  readonly model_version: string;
  readonly id: string;
  readonly inputs: readonly InputMessage[];
  readonly outputs: readonly { readonly name: string }[];
  readonly raw_input_contents: readonly Buffer[];
}

interface InputMessage {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly string[];
  readonly contents: Contents | null;
}

/** The list that holds the values of a datatype; FP16 and BF16 are raw only. */
const LISTS: Readonly<Partial<Record<Datatype, string>>> = {
  BOOL: 'bool_contents',
  INT8: 'int_contents',
  INT16: 'int_contents',
  INT32: 'int_contents',
  INT64: 'int64_contents',
  UINT8: 'uint_contents',
  UINT16: 'uint_contents',
  UINT32: 'uint_contents',
  UINT64: 'uint64_contents',
  FP32: 'fp32_contents',
  FP64: 'fp64_contents',
  BYTES: 'bytes_contents',
};

/** Reads a ModelInferRequest; throws a ServingError that names the part that is wrong. */
export function readInferMessage(message: InferMessage): InferRequest {
  const { id, inputs, outputs, raw_input_contents: raw } = message;
  if (inputs.length === 0) throw requestInvalid('`inputs` is empty');
  if (raw.length > 0 && raw.length !== inputs.length)
    throw requestInvalid(`raw_input_contents has ${raw.length} items for ${inputs.length} inputs`);
  return {
    id,
    parameters: {},
    inputs: inputs.map((input, at) => readInput(input, raw[at])),
    outputs: outputs.length === 0 ? undefined : distinct(outputs.map(({ name }) => ({ name, parameters: {} }))),
  };
}

function readInput({ name, datatype, shape, contents }: InputMessage, raw: Buffer | undefined): WireTensor {
  if (!isDatatype(datatype))
    throw tensorInvalid(name, `has the datatype ${show(datatype)}; it is one of ${DATATYPES.join(', ')}`);
  // Beyond 2^53 the number is inexact, but it is refused for its size in any case.
  const tensor = { name, datatype, shape: shape.map(Number) };
  sizeOfShape(name, tensor.shape);
  const filled = Object.keys(contents ?? {}).filter((list) => contents![list]!.length > 0);
  if (raw) return readRaw(tensor, raw, filled);
  return { ...tensor, data: readContents(tensor, contents ?? {}, filled) };
}

function readRaw(tensor: Omit<WireTensor, 'data'>, raw: Buffer, filled: readonly string[]): WireTensor {
  if (filled.length === 0) return { ...tensor, data: readBinary(tensor, raw) };
  throw tensorInvalid(tensor.name, 'has both `contents` and an item of raw_input_contents');
}

function readContents(
  { name, datatype, shape }: Omit<WireTensor, 'data'>,
  contents: Contents,
  filled: readonly string[],
) {
  const list = LISTS[datatype];
  if (list === undefined) throw tensorInvalid(name, `is ${datatype}, which is taken only in raw_input_contents`);
  const wrong = filled.find((other) => other !== list);
  if (wrong !== undefined) throw tensorInvalid(name, `has values in ${wrong}; ${datatype} has them in ${list}`);
  const values = (contents[list] ?? []).map((value) => valueOf(value, name));
  // A double of a message may be NaN, which stands for a missing value; JSON has null for that.
  return readJsonData(name, datatype, shape, values.map(nullForNaN));
}

function valueOf(value: unknown, name: string): unknown {
  if (typeof value === 'string') return exact(BigInt(value), name);
  return Buffer.isBuffer(value) ? textOf(value, name) : value;
}

function nullForNaN(value: unknown): unknown {
  return Number.isNaN(value) ? null : value;
}

/** A ModelInferResponse: raw where the request was raw. */
export function writeInferMessage({ model, version, outputs }: InferAnswer, request: InferMessage): object {
  const isRaw = request.raw_input_contents.length > 0;
  return {
    model_name: model,
    model_version: version,
    id: request.id,
    outputs: outputs.map((output) => (isRaw ? withoutData(output) : withContents(output))),
    raw_output_contents: isRaw ? outputs.map(writeBinary) : [],
  };
}

function withoutData({ name, datatype, shape }: OutputTensor): object {
  return { name, datatype, shape };
}

function withContents(output: OutputTensor): object {
  const { datatype, data } = output;
  const values = data.map((value) =>
    value === null ? NaN : datatype === 'BYTES' ? Buffer.from(String(value)) : value,
  );
  return { ...withoutData(output), contents: { [LISTS[datatype]!]: values } };
}
