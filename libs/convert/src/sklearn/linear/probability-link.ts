import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { bothClasses } from '../estimator/index.js';

/** Makes probabilities [N, C] of decision values [N, width]. */
export type ProbabilityLink = (g: GraphBuilder, decision: Value, width: number) => Value;

/** Each class against all others: shares of the sum, equal ones where all are 0. */
export function oneVersusRest(g: GraphBuilder, shares: Value, width: number): Value {
  if (width === 1) return bothClasses(g, shares);
  const sum = g.reduceSum(shares);
  return g.where(g.equal(sum, 0), 1 / width, g.div(shares, sum));
}
