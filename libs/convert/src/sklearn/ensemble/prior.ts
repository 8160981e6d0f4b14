import { textOf, type PyObject } from '../../pickle/index.js';
import { sharesOfDummy } from '../dummy/classifier.js';
import { classesOf } from '../estimator/index.js';
import { isOlderThan } from '../library-version.js';

const FLOAT_EPSILON = 2 ** -23;
const DOUBLE_EPSILON = 2 ** -52;

/** The decision values that the shares of the classes stand for: where a gradient boosting classifier starts. */
export function startOfProbabilities(object: PyObject, init: PyObject, isBinary: boolean): Float64Array {
  const epsilon = isOlderThan(object, '1.8') ? FLOAT_EPSILON : DOUBLE_EPSILON;
  const shares = sharesOf(init).map((share) => Math.min(Math.max(share, epsilon), 1 - epsilon));
  if (isBinary) return Float64Array.of(logOdds(shares[1]) * (textOf(object, 'loss') === 'exponential' ? 0.5 : 1));
  const logarithms = shares.map(Math.log);
  // Since 1.4 the start is centred, as the link of the multinomial loss is.
  const centre = isOlderThan(object, '1.4') ? 0 : logarithms.reduce((a, b) => a + b, 0) / logarithms.length;
  return logarithms.map((value) => value - centre);
}

function sharesOf(init: PyObject): Float64Array {
  const classes = classesOf(init);
  const isUniform = textOf(init, 'strategy') === 'uniform';
  return Float64Array.from(isUniform ? classes.map(() => 1 / classes.length) : sharesOfDummy(init, classes));
}

function logOdds(share: number): number {
  return Math.log(share / (1 - share));
}
