import { optionalTextOf, type PyObject } from '../../pickle/index.js';
import { bothClasses } from '../estimator/index.js';
import { isOlderThan } from '../library-version.js';
import { oneVersusRest, sharesOfSum, type ProbabilityLink } from './probability-link.js';

const multinomial: ProbabilityLink = (g, decision, width) =>
  g.softmax(width === 1 ? g.concat([g.neg(decision), decision]) : decision);

/** Each class against all others; until 1.8 there were no shares where all are 0. */
export function sigmoidShares(object: PyObject): ProbabilityLink {
  const sharesOf = isOlderThan(object, '1.9') ? sharesOfSum : oneVersusRest;
  return (g, decision, width) => sharesOf(g, g.sigmoid(decision), width);
}

/** How a LogisticRegression makes probabilities: `multi_class` was a choice until 1.7, and `auto` looked at the solver. */
export function logisticLink(object: PyObject, classes: number): ProbabilityLink {
  const choice = optionalTextOf(object, 'multi_class');
  if (choice === undefined) return classes === 2 ? (g, decision) => bothClasses(g, g.sigmoid(decision)) : multinomial;
  if (choice === 'ovr' || choice === 'warn') return sigmoidShares(object);
  if (choice === 'multinomial') return multinomial;
  return classes === 2 || separates(object) ? sigmoidShares(object) : multinomial;
}

/** Solvers that train one class against the rest. */
function separates(object: PyObject): boolean {
  const solver = optionalTextOf(object, 'solver');
  return solver === 'liblinear' || (solver === 'newton-cholesky' && isOlderThan(object, '1.6'));
}
