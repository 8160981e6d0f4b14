import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { className, type PyObject } from '../../pickle/index.js';
import { unreadable } from '../../trees/index.js';
import { inputsOf } from '../estimator/index.js';
import { matrixOf, vectorOf } from '../fitted-numbers.js';
import { kernelOf, supportVectorsOf } from './kernel.js';

/** A machine with one decision value: of a regressor, or of one class against the rest of the world. */
export interface Machine {
  readonly inputs: number;
  decision(g: GraphBuilder, x: Value): Value;
}

export function machineOf(object: PyObject): Machine {
  const vectors = supportVectorsOf(object);
  const weights = matrixOf(object, '_dual_coef_');
  if (weights.rows !== 1 || weights.columns !== vectors.rows)
    unreadable(`the weights of ${className(object)} do not fit`);
  const kernel = kernelOf(object, vectors);
  const intercept = vectorOf(object, '_intercept_', 1);
  return {
    inputs: inputsOf(object, vectors.columns),
    decision: (g, x) => g.add(g.matMul(kernel(g, x), g.doubles(weights.data, [vectors.rows, 1])), intercept),
  };
}
