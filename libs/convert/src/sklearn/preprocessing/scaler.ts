import { className, integerOf, type PyObject } from '../../pickle/index.js';
import { unsupported } from '../../trees/index.js';
import type { Transformer } from '../converter.js';
import { calculate, onRows, type Arithmetic } from './arithmetic.js';
import { matrixTransformer } from './matrix-transformer.js';

/** A scaler whose arithmetic is given for both directions. */
export function scaler(object: PyObject, forward: readonly Arithmetic[], backward: readonly Arithmetic[]): Transformer {
  const inputs = widthOf(object, forward);
  return matrixTransformer({
    inputs,
    missing: 'passed',
    apply: (g, x) => calculate(g, x, forward),
    inverse: (g, x) => calculate(g, x, backward),
    onRows: onRows(forward, backward),
  });
}

/** All parameters have one number a column. */
function widthOf(object: PyObject, steps: readonly Arithmetic[]): number {
  const stated = steps[0]?.by.length ?? integerOf(object, 'n_features_in_');
  const isFit = steps.every(({ by }) => by.length === stated);
  return isFit ? stated : unsupported(`the parameters of ${className(object)} are for different numbers of features`);
}
