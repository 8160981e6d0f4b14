import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { booleanOf, className, numberOf, textOf, type PyObject } from '../../pickle/index.js';
import { tooComplex, unsupported } from '../../trees/index.js';
import { squaredDistances } from '../cluster/index.js';
import { matrixOf, transposed, type Matrix } from '../fitted-numbers.js';

const MAX_CELLS = 10_000_000;

/** The kernel between each row and each support vector, [N, vectors]. */
export type Kernel = (g: GraphBuilder, x: Value) => Value;

/** The support vectors of a machine, one a row. */
export function supportVectorsOf(object: PyObject): Matrix {
  if (booleanOf(object, '_sparse')) unsupported(`${className(object)} that was fitted on sparse data`);
  const vectors = matrixOf(object, 'support_vectors_');
  const cells = vectors.rows * vectors.columns;
  return cells > MAX_CELLS ? tooComplex(`${className(object)} has too many support vectors`) : vectors;
}

export function kernelOf(object: PyObject, vectors: Matrix): Kernel {
  const name = textOf(object, 'kernel');
  const gamma = name === 'linear' ? 1 : numberOf(object, '_gamma');
  const shift = () => numberOf(object, 'coef0');
  if (name === 'linear') return (g, x) => products(g, x, vectors);
  if (name === 'rbf') return (g, x) => g.exp(g.mul(squaredDistances(g, x, vectors), -gamma));
  const scaled = { ...vectors, data: vectors.data.map((value) => gamma * value) };
  const inner: Kernel = (g, x) => g.add(products(g, x, scaled), shift());
  if (name === 'sigmoid') return (g, x) => g.tanh(inner(g, x));
  if (name === 'poly') return (g, x) => power(g, inner(g, x), numberOf(object, 'degree'));
  return unsupported(`${className(object)} with the kernel ${name}`);
}

// Gemm, as a MatMul behind a Mul or Div by one number is fused with it, and the factor rounded to float32.
function products(g: GraphBuilder, x: Value, vectors: Matrix): Value {
  const { rows, columns, data } = transposed(vectors);
  return g.op('Gemm', [x, g.doubles(data, [rows, columns])]);
}

/** By squaring, in the order of libsvm's `powi`. */
function power(g: GraphBuilder, base: Value, degree: number): Value {
  if (!Number.isInteger(degree) || degree < 0 || degree > 100) unsupported(`a polynomial kernel of degree ${degree}`);
  if (degree === 0) return g.pow(base, 0);
  let result: Value | undefined;
  for (let left = degree, square = base; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = result ? g.mul(result, square) : square;
    if (left > 1) square = g.mul(square, square);
  }
  return result!;
}
