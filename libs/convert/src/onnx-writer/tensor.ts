import { ProtoWriter } from './proto-writer.js';

/** Element types by the numbers of TensorProto.DataType. */
export const ELEMENT_TYPES = { float: 1, uint8: 2, int64: 7, string: 8, bool: 9, double: 11 } as const;

/** An element type by its name in ONNX. */
export type ElementType = keyof typeof ELEMENT_TYPES;

/** A constant: its elements in C order. */
export interface TensorContent {
  readonly type: ElementType;
  readonly dims: readonly number[];
  /** Raw little-endian bytes; texts for strings. */
  readonly data: Uint8Array | readonly string[];
}

/** The number of elements that dims describe; 1 for a scalar, whose dims are empty. */
export function elementCount(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}

export function doubleTensor(data: ArrayLike<number>, dims: readonly number[]): TensorContent {
  const doubles = data instanceof Float64Array ? data : Float64Array.from(data);
  return { type: 'double', dims, data: bytesOf(doubles) };
}

export function int64Tensor(data: ArrayLike<number>, dims: readonly number[]): TensorContent {
  return { type: 'int64', dims, data: bytesOf(BigInt64Array.from({ length: data.length }, (_, i) => BigInt(data[i]))) };
}

export function uint8Tensor(data: Uint8Array, type: 'uint8' | 'bool' = 'uint8'): TensorContent {
  return { type, dims: [data.length], data };
}

export function stringTensor(data: readonly string[], dims: readonly number[]): TensorContent {
  return { type: 'string', dims, data };
}

/** TensorProto. */
export function tensorMessage({ type, dims, data }: TensorContent, name = ''): ProtoWriter {
  const message = new ProtoWriter();
  for (const dim of dims) message.int(1, dim);
  message.int(2, ELEMENT_TYPES[type]);
  if (data instanceof Uint8Array) message.bytes(9, data);
  else for (const text of data) message.text(6, text);
  return name === '' ? message : message.text(8, name);
}

function bytesOf(array: Float64Array | BigInt64Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
