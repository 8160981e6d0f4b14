import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { className, optionalAttribute, type PyObject } from '../../pickle/index.js';
import { unreadable } from '../../trees/index.js';
import { matrixOf, transposed, vectorOf, type Matrix } from '../fitted-numbers.js';

/** Coefficients, one row an output, and what is added to each output. */
export interface LinearTerms {
  readonly coefficients: Matrix;
  readonly intercepts: Float64Array;
}

/** `coef_` and `intercept_`; one intercept may stand for all outputs, and none for 0. */
export function linearTermsOf(object: PyObject): LinearTerms {
  const coefficients = matrixOf(object, 'coef_');
  const intercepts = optionalAttribute(object, 'intercept_') === undefined ? [0] : vectorOf(object, 'intercept_');
  const { rows } = coefficients;
  if (intercepts.length !== rows && intercepts.length !== 1) {
    unreadable(`${className(object)} has ${intercepts.length} intercepts for ${rows} outputs`);
  }
  return { coefficients, intercepts: Float64Array.from({ length: rows }, (_, i) => intercepts[i % intercepts.length]) };
}

/** x · coefficients + intercepts; double [N, rows]. */
export function linear(g: GraphBuilder, x: Value, { coefficients, intercepts }: LinearTerms): Value {
  return g.add(project(g, x, coefficients), intercepts);
}

/** x times the rows of a matrix; double [N, rows]. */
export function project(g: GraphBuilder, x: Value, matrix: Matrix): Value {
  const { rows, columns, data } = transposed(matrix);
  return g.matMul(x, g.doubles(data, [rows, columns]));
}
