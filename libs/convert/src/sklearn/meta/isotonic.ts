import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { arrayOf, className, numberOf, textOf, type PyObject } from '../../pickle/index.js';
import { tooComplex, unreadable, unsupported } from '../../trees/index.js';
import type { ModelConverter } from '../converter.js';
import { vectorOf } from '../fitted-numbers.js';

const MAX_THRESHOLDS = 100_000;

/** A function of one column [N, 1]. */
export type Curve = (g: GraphBuilder, x: Value) => Value;

/** IsotonicRegression alone: it takes one feature. */
export const isotonicRegression: ModelConverter = (object) => {
  const curve = isotonicCurve(object);
  return { inputs: 1, task: 'regression', targets: 1, apply: (g, x) => ({ score: curve(g, x) }) };
};

/** Straight lines between thresholds; beyond them the nearest value, or NaN, as `out_of_bounds` says. */
export function isotonicCurve(object: PyObject): Curve {
  const xs = vectorOf(object, 'X_thresholds_');
  const ys = vectorOf(object, 'y_thresholds_', xs.length);
  checkThresholds(object, xs);
  if (xs.length === 1) return (g, x) => g.add(g.mul(g.cast(g.isNaN(x), 'double'), 0), ys[0]);
  const curve = lines(xs, ys);
  if (textOf(object, 'out_of_bounds') !== 'clip') return (g, x) => g.where(isOutside(g, x, xs), NaN, curve(g, x));
  const [low, high] = [numberOf(object, 'X_min_'), numberOf(object, 'X_max_')];
  return (g, x) => curve(g, g.clip(x, low, high));
}

function checkThresholds(object: PyObject, xs: Float64Array): void {
  if (arrayOf(object, 'X_thresholds_').dtype.itemSize !== 8) unsupported(`${className(object)} fitted on float32`);
  if (xs.length > MAX_THRESHOLDS) tooComplex(`${className(object)} has more than ${MAX_THRESHOLDS} thresholds`);
  const isRising = xs.every((x, i) => i === 0 || x > xs[i - 1]);
  if (xs.length === 0 || !isRising) unreadable(`the thresholds of ${className(object)} do not rise`);
}

function lines(xs: Float64Array, ys: Float64Array): Curve {
  const slopes = Float64Array.from({ length: xs.length - 1 }, (_, i) => (ys[i + 1] - ys[i]) / (xs[i + 1] - xs[i]));
  return (g, x) => {
    // The last threshold starts no line: what lies on it is the end of the line before.
    const isBehind = g.cast(g.greaterOrEqual(x, xs.slice(1, -1)), 'int64');
    const line = xs.length === 2 ? g.cast(g.mul(x, 0), 'int64') : g.reduceSum(isBehind);
    const at = (table: Float64Array) => g.gather(g.doubles(table), line, 0);
    return g.add(g.mul(at(slopes), g.sub(x, at(xs))), at(ys));
  };
}

function isOutside(g: GraphBuilder, x: Value, xs: Float64Array): Value {
  return g.or(g.less(x, xs[0]), g.greater(x, xs[xs.length - 1]));
}
