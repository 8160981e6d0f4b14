import { attribute, className, itemsOf, numberOf, numbersOf, textOf, type PyObject } from '../../pickle/index.js';
import { unreadable, unsupported } from '../../trees/index.js';
import type { Transformer, TransformerConverter } from '../converter.js';
import { columnSelection } from './matrix-transformer.js';

type Mask = readonly boolean[];

/** A selection by the scores or p-values of single columns. */
export function selectBy(maskOf: (object: PyObject) => Mask): TransformerConverter {
  return (object) => selection(object, maskOf(object), 'refused');
}

/** Keeps the columns of a mask. */
export function selection(object: PyObject, mask: Mask, missing: 'refused' | 'passed'): Transformer {
  const kept = mask.flatMap((isKept, column) => (isKept ? [column] : []));
  if (kept.length === 0) unsupported(`${className(object)} keeps no column`);
  return columnSelection(mask.length, kept, missing);
}

/** The file says which columns stay (RFE, RFECV, SequentialFeatureSelector). */
export function convertStoredSupport(object: PyObject): Transformer {
  const items = itemsOf(attribute(object, 'support_'));
  if (!items.every((item) => typeof item === 'boolean')) unreadable(`support_ of ${className(object)} is no mask`);
  return selection(object, items as Mask, 'refused');
}

/** Columns that vary more than the threshold. */
export function convertVarianceThreshold(object: PyObject): Transformer {
  const threshold = numberOf(object, 'threshold');
  const mask = Array.from(numbersOf(object, 'variances_'), (variance) => variance > threshold);
  return selection(object, mask, 'passed');
}

/** The k best scores; of equal ones the later column, as a stable sort leaves it. */
export function kBest(object: PyObject, parameter = 'k'): Mask {
  const scores = scoresOf(object);
  return attribute(object, parameter) === 'all' ? scores.map(() => true) : best(scores, numberOf(object, parameter));
}

/** The k largest scores; of equal ones the last columns, or the first. */
export function best(scores: readonly number[], k: number, ties: 'last' | 'first' = 'last'): Mask {
  const direction = ties === 'last' ? 1 : -1;
  const order = scores.map((_, column) => column).toSorted((a, b) => scores[a] - scores[b] || direction * (a - b));
  const kept = new Set(k === 0 ? [] : order.slice(-k));
  return scores.map((_, column) => kept.has(column));
}

/** The best share of the columns, in percent; of those at the border the first. */
export function percentile(object: PyObject, parameter = 'percentile'): Mask {
  const scores = scoresOf(object);
  const share = numberOf(object, parameter);
  if (share === 100) return scores.map(() => true);
  if (share === 0) return scores.map(() => false);
  const border = quantile(scores, 1 - share / 100);
  const wanted = Math.trunc((scores.length * share) / 100);
  const ties = scores.flatMap((score, column) => (score === border ? [column] : []));
  const above = scores.filter((score) => score > border).length;
  const kept = new Set(ties.slice(0, Math.max(0, wanted - above)));
  return scores.map((score, column) => score > border || kept.has(column));
}

/** numpy's `percentile`, with linear interpolation. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  return sorted[low] + ((sorted[low + 1] ?? sorted[low]) - sorted[low]) * (place - low);
}

/** p-values below alpha (SelectFpr). */
export function falsePositiveRate(object: PyObject, parameter = 'alpha'): Mask {
  const alpha = numberOf(object, parameter);
  return pValuesOf(object).map((p) => p < alpha);
}

/** p-values below alpha shared among the columns (SelectFwe). */
export function familyWiseError(object: PyObject, parameter = 'alpha'): Mask {
  const pValues = pValuesOf(object);
  const alpha = numberOf(object, parameter);
  return pValues.map((p) => p < alpha / pValues.length);
}

/** The procedure of Benjamini and Hochberg (SelectFdr). */
export function falseDiscoveryRate(object: PyObject, parameter = 'alpha'): Mask {
  const pValues = pValuesOf(object);
  const alpha = numberOf(object, parameter);
  const sorted = pValues.toSorted((a, b) => a - b);
  const border = sorted.findLast((p, i) => p <= (alpha / pValues.length) * (i + 1));
  return pValues.map((p) => border !== undefined && p <= border);
}

const MODES: ReadonlyMap<string, (object: PyObject, parameter: string) => Mask> = new Map([
  ['k_best', kBest],
  ['percentile', percentile],
  ['fpr', falsePositiveRate],
  ['fdr', falseDiscoveryRate],
  ['fwe', familyWiseError],
]);

/** GenericUnivariateSelect: any of the above by name. */
export function byMode(object: PyObject): Mask {
  const mode = textOf(object, 'mode');
  const maskOf = MODES.get(mode) ?? unsupported(`GenericUnivariateSelect with mode ${mode}`);
  return maskOf(object, 'param');
}

/** NaN counts as the worst score. */
function scoresOf(object: PyObject): number[] {
  return Array.from(numbersOf(object, 'scores_'), (score) => (Number.isNaN(score) ? -Number.MAX_VALUE : score));
}

function pValuesOf(object: PyObject): number[] {
  return Array.from(numbersOf(object, 'pvalues_'));
}
