import {
  attribute,
  className,
  itemsOf,
  numberOf,
  objectOf,
  optionalAttribute,
  optionalIntegerOf,
  optionalNumberOf,
  optionalTextOf,
  type PyObject,
} from '../../pickle/index.js';
import { unsupported } from '../../trees/index.js';
import type { Transformer } from '../converter.js';
import { matrixOf } from '../fitted-numbers.js';
import { best, selection } from './feature-selection.js';

// Models with an L1 penalty make the coefficients of useless columns exactly 0.
const ABOVE_ZERO = 1e-5;

/** The columns whose coefficients in a linear model are large enough. */
export function convertSelectFromModel(object: PyObject): Transformer {
  const estimator = objectOf(object, 'estimator_');
  const importances = importancesOf(object, estimator);
  const threshold = thresholdOf(object, estimator, importances);
  const allowed = best(importances, optionalIntegerOf(object, 'max_features') ?? importances.length, 'first');
  return selection(
    object,
    importances.map((importance, i) => allowed[i] && importance >= threshold),
    'refused',
  );
}

/** Coefficients by size; those of several outputs by their norm. */
function importancesOf(object: PyObject, estimator: PyObject): number[] {
  if (estimator.get('coef_') === undefined || optionalAttribute(object, 'importance_getter') !== 'auto') {
    unsupported(`SelectFromModel by the importances of ${className(estimator)}`);
  }
  const { rows, columns, data } = matrixOf(estimator, 'coef_');
  const order = optionalNumberOf(object, 'norm_order') ?? 1;
  if (rows > 1 && order !== 1) unsupported('SelectFromModel with a norm_order other than 1');
  const sizes = data.map(Math.abs);
  return Array.from({ length: columns }, (_, column) => {
    return Array.from({ length: rows }, (_row, row) => sizes[row * columns + column]).reduce((a, b) => a + b);
  });
}

function thresholdOf(object: PyObject, estimator: PyObject, importances: readonly number[]): number {
  const threshold = attribute(object, 'threshold');
  if (threshold === null) return isSparse(estimator) ? ABOVE_ZERO : mean(importances);
  return typeof threshold === 'string' ? ofText(threshold, importances) : numberOf(object, 'threshold');
}

/** `mean`, `median`, or a multiple of them. */
function ofText(threshold: string, importances: readonly number[]): number {
  const [, scale, reference] = /^(?:\s*([^*\s]+)\s*\*)?\s*(mean|median)\s*$/.exec(threshold) ?? [];
  const factor = scale === undefined ? 1 : Number(scale);
  if (reference === undefined || Number.isNaN(factor))
    return unsupported(`SelectFromModel with threshold ${threshold}`);
  return factor * (reference === 'mean' ? mean(importances) : median(importances));
}

const RATIOS: ReadonlyMap<string, string> = new Map([
  ['ElasticNet', 'l1_ratio'],
  ['ElasticNetCV', 'l1_ratio_'],
  ['LogisticRegression', 'l1_ratio'],
  ['LogisticRegressionCV', 'l1_ratio_'],
]);

function isSparse(estimator: PyObject): boolean {
  const { name } = estimator.type;
  const ratio = optionalAttribute(estimator, RATIOS.get(name) ?? '') ?? 0;
  const ratios = typeof ratio === 'number' ? [ratio] : itemsOf(ratio);
  // Whether such a ratio counts as an L1 penalty changed over the versions.
  if (ratios.includes(1)) unsupported(`SelectFromModel with the l1_ratio of ${name}`);
  return optionalTextOf(estimator, 'penalty') === 'l1' || name.includes('Lasso');
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b) / values.length;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
