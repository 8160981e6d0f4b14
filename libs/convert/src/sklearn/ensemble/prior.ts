import { className, numbersOf, textOf, type PyObject } from '../../pickle/index.js';
import { unsupported } from '../../trees/index.js';
import { isOlderThan } from '../library-version.js';

const FLOAT_EPSILON = 2 ** -23;
const DOUBLE_EPSILON = 2 ** -52;

/** The decision values that the shares of the classes stand for: where a gradient boosting classifier starts. */
export function startOfProbabilities(object: PyObject, init: PyObject, isBinary: boolean): Float64Array {
  const isNew = !isOlderThan(object, '1.4');
  const epsilon = isNew ? DOUBLE_EPSILON : FLOAT_EPSILON;
  const shares = priorOf(init).map((share) => Math.min(Math.max(share, epsilon), 1 - epsilon));
  if (isBinary) return Float64Array.of(logOdds(shares[1]) * (textOf(object, 'loss') === 'exponential' ? 0.5 : 1));
  const logarithms = shares.map(Math.log);
  // Since 1.4 the start is centred, as the link of the multinomial loss is.
  const centre = isNew ? logarithms.reduce((a, b) => a + b, 0) / logarithms.length : 0;
  return logarithms.map((value) => value - centre);
}

function priorOf(init: PyObject): Float64Array {
  const isPrior = className(init) === 'sklearn.dummy.DummyClassifier' && textOf(init, 'strategy') === 'prior';
  return isPrior ? numbersOf(init, 'class_prior_') : unsupported(`a classifier that starts from ${className(init)}`);
}

function logOdds(share: number): number {
  return Math.log(share / (1 - share));
}
