import type { Attributes } from './attribute.js';
import { Graph, type NodeSpec } from './graph.js';
import { doubleTensor, ELEMENT_TYPES, elementCount, int64Tensor, stringTensor, uint8Tensor } from './tensor.js';
import type { ElementType } from './tensor.js';
import { Value, type Operand } from './value.js';

/** Axes of a reduction; axis 1 (the columns) unless said, and the axis stays with length 1. */
export interface Reduction {
  readonly axes?: readonly number[];
  readonly keepDims?: boolean;
}

/** One axis; the columns unless said. */
export interface AlongAxis {
  readonly axis?: number;
  readonly keepDims?: boolean;
}

/** The k largest (or smallest) along an axis, best first; of equal ones the lower index first. */
export interface TopKOptions {
  readonly axis?: number;
  readonly largest?: boolean;
}

/**
 * Writes an ONNX graph in double precision, one method an operator (ai.onnx 20, ai.onnx.ml 5), with numpy's broadcasting.
 * Where an operator takes an `Operand`, a number is a double constant for all elements and a Float64Array one double a column;
 * with values of another type use `int64s`, `strings` or `bools`.
 */
export class GraphBuilder extends Graph {
  // Constants

  /** Doubles in C order; [data.length] unless dims are given. */
  doubles(data: ArrayLike<number>, dims: readonly number[] = [data.length]): Value {
    return this.constant(doubleTensor(checked(data, dims), dims));
  }

  /** One double, of no dimensions. */
  scalar(value: number): Value {
    return this.doubles([value], []);
  }

  int64s(data: ArrayLike<number>, dims: readonly number[] = [data.length]): Value {
    return this.constant(int64Tensor(checked(data, dims), dims));
  }

  strings(data: readonly string[], dims: readonly number[] = [data.length]): Value {
    checked(data, dims);
    return this.constant(stringTensor(data, dims));
  }

  bools(data: readonly boolean[]): Value {
    return this.constant(uint8Tensor(Uint8Array.from(data, Number), 'bool'));
  }

  // Any operator

  /** An operator by name. */
  op(operator: string, inputs: readonly Operand[], attributes: Attributes = {}): Value {
    return this.#one({ operator, inputs: inputs.map((input) => this.#value(input)), attributes });
  }

  /** An operator of ai.onnx.ml by name. */
  mlOp(operator: string, inputs: readonly Value[], attributes: Attributes = {}): Value {
    return this.#one({ operator, inputs, attributes, domain: 'ai.onnx.ml' });
  }

  // Arithmetic

  add(a: Operand, b: Operand): Value {
    return this.op('Add', [a, b]);
  }

  sub(a: Operand, b: Operand): Value {
    return this.op('Sub', [a, b]);
  }

  mul(a: Operand, b: Operand): Value {
    return this.op('Mul', [a, b]);
  }

  div(a: Operand, b: Operand): Value {
    return this.op('Div', [a, b]);
  }

  pow(a: Operand, b: Operand): Value {
    return this.op('Pow', [a, b]);
  }

  /** The remainder with the sign of the dividend, as C's fmod. */
  fmod(a: Operand, b: Operand): Value {
    return this.op('Mod', [a, b], { fmod: 1 });
  }

  /** [N, K] x [K, M]. Gemm: ONNX Runtime 1.30 fuses a MatMul with a neighbouring Mul or Div and rounds that factor to float32. */
  matMul(a: Value, b: Value): Value {
    return this.op('Gemm', [a, b]);
  }

  max(...values: readonly Operand[]): Value {
    return this.op('Max', values);
  }

  min(...values: readonly Operand[]): Value {
    return this.op('Min', values);
  }

  /** Values moved into [low, high]; NaN stays NaN. */
  clip(x: Value, low: number, high: number): Value {
    return this.op('Clip', [x, low, high]);
  }

  neg(x: Value): Value {
    return this.op('Neg', [x]);
  }

  abs(x: Value): Value {
    return this.op('Abs', [x]);
  }

  sign(x: Value): Value {
    return this.op('Sign', [x]);
  }

  floor(x: Value): Value {
    return this.op('Floor', [x]);
  }

  ceil(x: Value): Value {
    return this.op('Ceil', [x]);
  }

  /** Towards zero: 3.9 is 3 and -3.9 is -3. */
  trunc(x: Value): Value {
    return this.mul(this.sign(x), this.floor(this.abs(x)));
  }

  exp(x: Value): Value {
    return this.op('Exp', [x]);
  }

  log(x: Value): Value {
    return this.op('Log', [x]);
  }

  sqrt(x: Value): Value {
    return this.op('Sqrt', [x]);
  }

  sigmoid(x: Value): Value {
    // ONNX Runtime's own takes small shares from 1, and what is left of them are a few digits.
    const power = this.exp(this.neg(this.abs(x)));
    return this.div(this.where(this.less(x, 0), power, 1), this.add(power, 1));
  }

  tanh(x: Value): Value {
    return this.op('Tanh', [x]);
  }

  relu(x: Value): Value {
    return this.op('Relu', [x]);
  }

  softmax(x: Value, axis = 1): Value {
    return this.op('Softmax', [x], { axis });
  }

  // Comparison and logic

  greater(a: Operand, b: Operand): Value {
    return this.op('Greater', [a, b]);
  }

  greaterOrEqual(a: Operand, b: Operand): Value {
    return this.op('GreaterOrEqual', [a, b]);
  }

  less(a: Operand, b: Operand): Value {
    return this.op('Less', [a, b]);
  }

  lessOrEqual(a: Operand, b: Operand): Value {
    return this.op('LessOrEqual', [a, b]);
  }

  /** Of doubles, whole numbers, booleans or texts. */
  equal(a: Operand, b: Operand): Value {
    return this.op('Equal', [a, b]);
  }

  isNaN(x: Value): Value {
    return this.op('IsNaN', [x]);
  }

  not(x: Value): Value {
    return this.op('Not', [x]);
  }

  and(a: Value, b: Value): Value {
    return this.op('And', [a, b]);
  }

  or(a: Value, b: Value): Value {
    return this.op('Or', [a, b]);
  }

  where(condition: Value, whenTrue: Operand, whenFalse: Operand): Value {
    return this.op('Where', [condition, whenTrue, whenFalse]);
  }

  // Types

  cast(x: Value, type: ElementType): Value {
    return this.op('Cast', [x], { to: ELEMENT_TYPES[type] });
  }

  /** Doubles rounded to the nearest float32, as libraries do that compute on float32 input; still doubles. */
  roundToFloat32(x: Value): Value {
    return this.cast(this.cast(x, 'float'), 'double');
  }

  // Shape

  concat(values: readonly Value[], axis = 1): Value {
    return values.length === 1 ? values[0] : this.op('Concat', values, { axis });
  }

  /** The entries at indices along an axis; as columns unless said. */
  gather(x: Value, indices: Value | ArrayLike<number>, axis = 1): Value {
    return this.op('Gather', [x, indices instanceof Value ? indices : this.int64s(indices)], { axis });
  }

  /** Columns [start, end). */
  slice(x: Value, start: number, end: number): Value {
    return this.op('Slice', [x, this.int64s([start]), this.int64s([end]), this.int64s([1])]);
  }

  /** 0 in the shape keeps a dimension, -1 takes what is left. */
  reshape(x: Value, shape: readonly number[]): Value {
    return this.op('Reshape', [x, this.int64s(shape)]);
  }

  transpose(x: Value, permutation: readonly number[]): Value {
    return this.op('Transpose', [x], { perm: permutation });
  }

  unsqueeze(x: Value, ...axes: readonly number[]): Value {
    return this.op('Unsqueeze', [x, this.int64s(axes)]);
  }

  squeeze(x: Value, ...axes: readonly number[]): Value {
    return this.op('Squeeze', [x, this.int64s(axes)]);
  }

  // Reductions

  reduceSum(x: Value, options: Reduction = {}): Value {
    return this.#reduce('ReduceSum', x, options);
  }

  reduceMean(x: Value, options: Reduction = {}): Value {
    return this.#reduce('ReduceMean', x, options);
  }

  reduceMax(x: Value, options: Reduction = {}): Value {
    return this.#reduce('ReduceMax', x, options);
  }

  reduceMin(x: Value, options: Reduction = {}): Value {
    return this.#reduce('ReduceMin', x, options);
  }

  /** The index (int64) of the largest, the first of equal ones; the axis goes away unless kept. */
  argMax(x: Value, { axis = 1, keepDims = false }: AlongAxis = {}): Value {
    return this.op('ArgMax', [x], { axis, keepdims: Number(keepDims) });
  }

  /** The index (int64) of the smallest, the first of equal ones; the axis goes away unless kept. */
  argMin(x: Value, { axis = 1, keepDims = false }: AlongAxis = {}): Value {
    return this.op('ArgMin', [x], { axis, keepdims: Number(keepDims) });
  }

  topK(x: Value, k: number, { axis = 1, largest = true }: TopKOptions = {}): { values: Value; indices: Value } {
    const attributes = { axis, largest: Number(largest), sorted: 1 };
    const [values, indices] = this.node({ operator: 'TopK', inputs: [x, this.int64s([k])], attributes, outputs: 2 });
    return { values, indices };
  }

  #reduce(operator: string, x: Value, { axes = [1], keepDims = true }: Reduction): Value {
    return this.op(operator, [x, this.int64s(axes)], { keepdims: Number(keepDims) });
  }

  #one(spec: NodeSpec): Value {
    return this.node(spec)[0];
  }

  #value(operand: Operand): Value {
    if (operand instanceof Value) return operand;
    return typeof operand === 'number' ? this.scalar(operand) : this.doubles(operand);
  }
}

function checked<T extends ArrayLike<unknown>>(data: T, dims: readonly number[]): T {
  if (elementCount(dims) !== data.length) throw new Error(`${data.length} elements do not fill [${dims.join()}]`);
  return data;
}
