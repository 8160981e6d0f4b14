import { numberOf, optionalIntegerOf, type PyObject } from '../../pickle/index.js';
import type { Transformer } from '../converter.js';
import { matrixTransformer } from './matrix-transformer.js';

/** 1 above the threshold, else 0. */
export function convertBinarizer(object: PyObject): Transformer {
  const threshold = numberOf(object, 'threshold');
  return matrixTransformer({
    inputs: optionalIntegerOf(object, 'n_features_in_'),
    missing: 'refused',
    apply: (g, x) => g.cast(g.greater(x, threshold), 'double'),
  });
}
