import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { className, type PyObject } from '../../pickle/index.js';
import { unsupported } from '../../trees/index.js';
import { project, type LinearTerms } from './linear-terms.js';

// Columns that add up to 1 (splines, one-hot codes) beside an intercept give coefficients of 1e12 that cancel each other.
const MAX_SIZE = 1e10;
/** Relatively; coefficients of columns that add up to 1 are one number and what each column says. */
const CLOSENESS = 1e-6;
/** Of the sizes of all terms: of a smaller sum, scikit-learn's order of adding decides the tenth digit. */
const LEAST_SHARE = 1e-6;

/** Refuses coefficients that cancel each other whatever the row: several beyond 1e10 that are nearly equal, beside such an intercept. */
export function checkCancellation(object: PyObject, { coefficients, intercepts }: LinearTerms): void {
  const { columns, data } = coefficients;
  const doCancel = Array.from(
    intercepts,
    (intercept, row) => isHuge(intercept) && areClose(data.subarray(row * columns, (row + 1) * columns)),
  );
  if (!doCancel.includes(true)) return;
  const advice = 'Fit it with a penalty (Ridge), or leave out one of the columns that add up to 1';
  unsupported(`${className(object)} has coefficients so large that rounding decides its score`, advice);
}

/** Leaves rows without an answer whose terms cancel each other, where coefficients are so large that they can. */
export function refuseCancelled(
  g: GraphBuilder,
  x: Value,
  sum: Value,
  { coefficients, intercepts }: LinearTerms,
): void {
  if (!coefficients.data.some(isHuge)) return;
  const sizes = { ...coefficients, data: coefficients.data.map(Math.abs) };
  const size = g.add(project(g, g.abs(x), sizes), intercepts.map(Math.abs));
  g.refuseRows(g.greater(g.reduceMax(g.sub(g.mul(size, LEAST_SHARE), g.abs(sum))), 0));
}

function areClose(coefficients: Float64Array): boolean {
  const sizes = coefficients.filter(isHuge).map(Math.abs).sort();
  return sizes.some((size, i) => i > 0 && size - sizes[i - 1] <= CLOSENESS * size);
}

function isHuge(value: number): boolean {
  return Math.abs(value) > MAX_SIZE;
}
