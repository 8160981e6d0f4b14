import type { TensorType } from '@app/core';

/** The name of ONNX's operator set for classic machine learning. */
export const ML_DOMAIN = 'ai.onnx.ml';

/** What a graph's input or output is. */
export type ValueType =
  TensorValue | { readonly kind: 'sequence' | 'map' | 'optional' | 'sparse tensor' | 'opaque' | 'untyped' };

/** A tensor: ONNX's number of its element type, and its dimensions where the file states them (null: free). */
export interface TensorValue {
  readonly kind: 'tensor';
  readonly elementType: number;
  readonly shape?: readonly (number | null)[];
}

/** A named input or output of a graph. */
export interface Value {
  readonly name: string;
  readonly type: ValueType;
}

/** A constant: its bytes are decoded only when they are asked for. */
export interface Constant {
  readonly name: string;
  readonly elementType: number;
  readonly elementCount: number;
  /** The TensorProto. */
  readonly bytes: Uint8Array;
}

/** One operator of a graph. */
export interface Node {
  readonly operator: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** AttributeProtos by name. */
  readonly attributes: ReadonlyMap<string, Uint8Array>;
  readonly subgraphs: readonly Graph[];
}

/** A graph, or the graph inside a node. */
export interface Graph {
  readonly nodes: readonly Node[];
  readonly constants: ReadonlyMap<string, Constant>;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
}

/** An ONNX file as data. */
export interface OnnxModel {
  readonly irVersion: number;
  readonly producerName: string;
  readonly producerVersion: string;
  /** Version by domain; '' is ONNX's own. */
  readonly operatorSets: ReadonlyMap<string, number>;
  readonly metadata: ReadonlyMap<string, string>;
  readonly graph: Graph;
}

const tensorTypes: ReadonlyMap<number, TensorType> = new Map([
  [1, 'float32'],
  [2, 'uint8'],
  [3, 'int8'],
  [4, 'uint16'],
  [5, 'int16'],
  [6, 'int32'],
  [7, 'int64'],
  [8, 'string'],
  [9, 'bool'],
  [11, 'float64'],
  [12, 'uint32'],
  [13, 'uint64'],
]);

const unservedTypes: ReadonlyMap<number, string> = new Map([
  [10, 'float16'],
  [14, 'complex64'],
  [15, 'complex128'],
  [16, 'bfloat16'],
]);

/** The element type by its ONNX Runtime name; undefined where the server has no such values. */
export function tensorTypeOf(elementType: number): TensorType | undefined {
  return tensorTypes.get(elementType);
}

/** How a message calls a value's type: `float32 [N, 4]`, `sequence`. */
export function describeType(type: ValueType): string {
  if (type.kind !== 'tensor') return type.kind;
  const element =
    tensorTypes.get(type.elementType) ?? unservedTypes.get(type.elementType) ?? `element type ${type.elementType}`;
  if (!type.shape) return `${element} of unstated shape`;
  return `${element} [${type.shape.map((size, axis) => size ?? (axis === 0 ? 'N' : '?')).join(', ')}]`;
}
