import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { bothClasses } from '../estimator/index.js';

/** Makes probabilities [N, C] of decision values [N, width]. */
export type ProbabilityLink = (g: GraphBuilder, decision: Value, width: number) => Value;

/** Each class against all others: shares of their sum. */
export function sharesOfSum(g: GraphBuilder, shares: Value, width: number): Value {
  return width === 1 ? bothClasses(g, shares) : g.div(shares, g.reduceSum(shares));
}

/** The same, equal ones where all are 0. */
export function oneVersusRest(g: GraphBuilder, shares: Value, width: number): Value {
  if (width === 1) return bothClasses(g, shares);
  const sum = g.reduceSum(shares);
  return g.where(g.equal(sum, 0), 1 / width, g.div(shares, sum));
}
