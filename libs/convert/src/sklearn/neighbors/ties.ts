import type { GraphBuilder, Value } from '../../onnx-writer/index.js';

// Distances are sums in another order in scikit-learn: what is nearer to each other than this may be equal there.
const CLOSENESS = 1e-9;

/** The distances of a row to all points, and the largest of its k nearest, [N, points] and [N, 1]. */
export interface Reach {
  readonly distances: Value;
  readonly last: Value;
  /** Of the nearest point that is not among the k, [N, 1]. */
  readonly next: Value;
}

/**
 * Refuses rows whose answer hangs on which of several equally far points are counted: where the last neighbour and the next
 * one are equally far, and not all points at that distance were trained on the same, as `answers` (one list a target) has it.
 */
export function refuseTies(g: GraphBuilder, { distances, last, next }: Reach, answers: readonly Float64Array[]): void {
  const [low, high] = [g.mul(last, 1 - CLOSENESS), g.mul(last, 1 + CLOSENESS)];
  const isTied = g.lessOrEqual(next, high);
  const isAtReach = g.and(g.greaterOrEqual(distances, low), g.lessOrEqual(distances, high));
  for (const answer of answers) g.refuseRows(g.and(isTied, areDifferent(g, isAtReach, answer)));
}

function areDifferent(g: GraphBuilder, isAtReach: Value, answer: Float64Array): Value {
  const values = g.doubles(answer, [1, answer.length]);
  const most = g.reduceMax(g.where(isAtReach, values, -Infinity));
  return g.greater(most, g.reduceMin(g.where(isAtReach, values, Infinity)));
}
