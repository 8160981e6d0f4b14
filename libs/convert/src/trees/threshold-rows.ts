import { seededRandom } from './random.js';
import type { TreeArrays, TreeEnsemble } from './tree-ensemble.js';
import { SplitMode } from './tree-node.js';
import { nextDown, nextFloatUp, nextUp } from './ulp.js';

/** Which rows to make. */
export interface ThresholdRowsOptions {
  readonly count: number;
  readonly seed?: number;
  /** Whether values may be missing; true unless said. */
  readonly nullable?: boolean;
}

/**
 * Rows on which two evaluations of trees differ first if they differ at all: each value lies on a threshold of its
 * feature, one ulp beside it, among or beside a split's categories, is missing, or is random in the thresholds' range.
 * [count, inputs] in row-major order; the same for the same seed.
 */
export function thresholdRows(ensemble: TreeEnsemble, options: ThresholdRowsOptions): Float64Array {
  const { count, seed = 1, nullable = true } = options;
  const { arrays } = ensemble;
  const random = seededRandom(seed);
  const places = splitValues(arrays);
  const rows = new Float64Array(count * arrays.inputs);
  return rows.map((_, i) => {
    if (nullable && random() < 0.05) return NaN;
    return valueNear(places[i % arrays.inputs], random, arrays.inputPrecision);
  });
}

/** The thresholds and categories of each feature. */
function splitValues(trees: TreeArrays): number[][] {
  const places: number[][] = Array.from({ length: trees.inputs }, () => []);
  trees.features.forEach((feature, node) => {
    const list = places[feature];
    if (trees.modes[node] === SplitMode.member) trees.members.get(node)?.forEach((member) => list.push(member));
    else if (Number.isFinite(trees.thresholds[node])) list.push(trees.thresholds[node]);
  });
  return places;
}

function valueNear(places: readonly number[], random: () => number, precision: 'double' | 'float32'): number {
  if (places.length === 0) return random() * 2 - 1;
  const place = places[Math.floor(random() * places.length)];
  const other = places[Math.floor(random() * places.length)];
  const steps = [
    place,
    nextDown(place),
    nextUp(place),
    precision === 'float32' ? nextFloatUp(place) : -place,
    place + 1,
    place + (other - place) * random(),
  ];
  return steps[Math.floor(random() * steps.length)];
}
