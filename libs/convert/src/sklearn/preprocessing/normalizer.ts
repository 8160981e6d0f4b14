import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { optionalIntegerOf, textOf, type PyObject } from '../../pickle/index.js';
import { unsupported } from '../../trees/index.js';
import type { Transformer } from '../converter.js';
import { isOlderThan } from '../library-version.js';
import { matrixTransformer } from './matrix-transformer.js';

const TINY = 10 * Number.EPSILON;

const NORMS: ReadonlyMap<string, (g: GraphBuilder, x: Value) => Value> = new Map([
  ['l1', (g, x) => g.reduceSum(g.abs(x))],
  ['l2', (g, x) => g.sqrt(g.reduceSum(g.mul(x, x)))],
  ['max', (g, x) => g.reduceMax(g.abs(x))],
]);

/** Divides each row by its norm; rows of next to no length stay as they are. */
export function convertNormalizer(object: PyObject): Transformer {
  const norm = textOf(object, 'norm');
  const lengthOf = NORMS.get(norm) ?? unsupported(`Normalizer with norm ${norm}`);
  // Until 0.24, only a length of exactly 0 counted as none.
  const isNone = isOlderThan(object, '1.0')
    ? (g: GraphBuilder, length: Value) => g.equal(length, 0)
    : (g: GraphBuilder, length: Value) => g.less(length, TINY);
  return matrixTransformer({
    inputs: optionalIntegerOf(object, 'n_features_in_'),
    missing: 'refused',
    apply: (g, x) => {
      const length = lengthOf(g, x);
      return g.div(x, g.where(isNone(g, length), 1, length));
    },
  });
}
