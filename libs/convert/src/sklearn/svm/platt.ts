import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import type { PyObject } from '../../pickle/index.js';
import { vectorOf } from '../fitted-numbers.js';
import { coupled } from './coupling.js';
import { pairsOf } from './pairs.js';

const LOWEST = 1e-7;

/** Platt's sigmoids, one a pair of classes. */
export interface Platt {
  readonly slopes: Float64Array;
  readonly shifts: Float64Array;
}

/** The sigmoids that `probability=True` fitted; undefined without. */
export function plattOf(object: PyObject, pairs: number): Platt | undefined {
  // `probA_` until 0.24.
  const isNew = object.get('_probA') !== undefined;
  const slopeName = isNew ? '_probA' : 'probA_';
  if (object.get(slopeName) === undefined || vectorOf(object, slopeName).length === 0) return undefined;
  return { slopes: vectorOf(object, slopeName, pairs), shifts: vectorOf(object, isNew ? '_probB' : 'probB_', pairs) };
}

/** The probabilities of the classes [N, classes] from the decision values of their pairs. */
export function probabilitiesOf(
  g: GraphBuilder,
  decisions: Value,
  { platt, classes }: { readonly platt: Platt; readonly classes: number },
): Value {
  const first = g.sigmoid(g.neg(g.add(g.mul(decisions, platt.slopes), platt.shifts)));
  return coupled(g, matrixOfPairs(g, g.clip(first, LOWEST, 1 - LOWEST), classes), classes);
}

/** r [N, classes, classes]: in row i and column j the probability of i against j; 0 on the diagonal. */
function matrixOfPairs(g: GraphBuilder, first: Value, classes: number): Value {
  const pairs = pairsOf(classes);
  const zero = 2 * pairs.length;
  const sources = g.concat([first, g.sub(1, first), g.mul(g.gather(first, [0]), 0)]);
  const places = Array.from({ length: classes * classes }, (_, i) => {
    const [row, column] = [Math.floor(i / classes), i % classes];
    const pair = pairs.findIndex(
      (each) => each.first === Math.min(row, column) && each.second === Math.max(row, column),
    );
    if (row === column) return zero;
    return row < column ? pair : pairs.length + pair;
  });
  return g.reshape(g.gather(sources, places), [0, classes, classes]);
}
