import { type InputTensor, type Rows, ServingError, type Signature, type TensorType, type Wiring } from '@app/core';
import { Tensor } from 'onnxruntime-node';
import type { Tensors } from './native-session.js';

/** The input tensors of a run, by name: each feature's values, in the element type that the graph takes. */
export function feedsOf(signature: Signature, wiring: Wiring, rows: Rows): Tensors {
  return Object.fromEntries(wiring.inputs.map((input) => [input.name, tensorOf(signature, input, rows)]));
}

function tensorOf(signature: Signature, input: InputTensor, rows: Rows): Tensor {
  const dims = input.rank === 1 ? [rows.count] : [rows.count, input.features.length];
  if (input.type === 'string') return new Tensor('string', pick(rows.texts, input, rows), dims);
  const values = isWholeRow(input, rows) ? rows.numbers : Float64Array.from(pick(rows.numbers, input, rows));
  if (input.type === 'float64') return new Tensor('float64', values, dims);
  return new Tensor(input.type, castTo(input, values, signature) as never, dims);
}

function isWholeRow({ features }: InputTensor, { width }: Rows): boolean {
  return features.length === width && features.every((feature, column) => feature === column);
}

function pick<T>(values: ArrayLike<T>, { features }: InputTensor, { count, width }: Rows): T[] {
  const picked: T[] = [];
  for (let row = 0; row < count; row++) for (const feature of features) picked.push(values[row * width + feature]!);
  return picked;
}

type Numbers =
  | Float32Array
  | BigInt64Array
  | BigUint64Array
  | Uint8Array
  | Int8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array;

const CASTS: Readonly<Record<Exclude<TensorType, 'float64' | 'string'>, (values: Float64Array) => Numbers>> = {
  float32: (values) => Float32Array.from(values),
  int8: (values) => Int8Array.from(values),
  int16: (values) => Int16Array.from(values),
  int32: (values) => Int32Array.from(values),
  int64: (values) => BigInt64Array.from(values, toBigInt),
  uint8: (values) => Uint8Array.from(values),
  uint16: (values) => Uint16Array.from(values),
  uint32: (values) => Uint32Array.from(values),
  uint64: (values) => BigUint64Array.from(values, toBigInt),
  bool: (values) => Uint8Array.from(values),
};

// What is no whole number becomes another one here, as in the arrays of smaller types, and is refused for that.
function toBigInt(value: number): bigint {
  return Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n;
}

// A typed array wraps what it cannot hold, in silence: a number that changes on its way in would be a wrong score.
function castTo(input: InputTensor, values: Float64Array, signature: Signature): Numbers {
  const cast = CASTS[input.type as keyof typeof CASTS](values);
  for (let i = 0; i < values.length; i++)
    if (!isKept(input.type, values[i]!, cast[i]!)) refuse(input, i, values[i]!, signature);
  return cast;
}

function isKept(type: TensorType, value: number, cast: number | bigint): boolean {
  if (type === 'float32') return Number.isFinite(value) === Number.isFinite(cast);
  return Number(cast) === value;
}

function refuse(input: InputTensor, at: number, value: number, signature: Signature): never {
  const feature = signature.features[input.features[at % input.features.length]!]!.name;
  const problem = { feature, problem: `${value} does not fit the model's ${input.type}`, expected: `a ${input.type}` };
  const message = `feature ${JSON.stringify(feature)}: ${problem.problem}`;
  throw new ServingError('invalid-input', 'VALUE_OUT_OF_TYPE', message, { problems: [problem] });
}
