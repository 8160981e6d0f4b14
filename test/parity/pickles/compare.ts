import type { Converted } from '../../../libs/convert/src/converted.js';
import type { Cell, Expected } from './corpus.js';

/** The numbers of each part of a prediction. */
export type Parts = Readonly<Partial<Record<'score' | 'probabilities' | 'decision' | 'label', Float64Array>>>;

/** What a case compares: what was got and what was expected, by name of the library's method. */
export interface Comparison {
  readonly method: string;
  readonly got: ArrayLike<Cell> | undefined;
  readonly expected: readonly Cell[];
}

/** Pairs the outputs of the library with the parts of a prediction. */
export function comparisons(converted: Converted, parts: Parts, expected: Expected): Comparison[] {
  const gets: Record<keyof Expected, () => ArrayLike<Cell> | undefined> = {
    predict: () => predicted(converted, parts, expected.predict?.flat().length === parts.label?.length),
    predict_proba: () => parts.probabilities,
    decision_function: () => parts.decision,
    score_samples: () => parts.score,
    transform: () => parts.score,
  };
  return (Object.keys(expected) as (keyof Expected)[])
    .filter((method) => !isLeftOut(method, converted, parts))
    .map((method) => ({ method, got: gets[method](), expected: (expected[method] as Cell[]).flat() }));
}

/** Distances to clusters are no part of a prediction, and LightGBM's raw sums add nothing to its probabilities. */
function isLeftOut(method: keyof Expected, { signature, understood }: Converted, { decision }: Parts): boolean {
  if (method === 'transform') return signature.task === 'clustering';
  return method === 'decision_function' && !decision && understood.library === 'lightgbm';
}

/** `predict`: labels of a classifier, one number a row of a Booster of two classes, else the score. */
function predicted(
  { signature, understood }: Converted,
  parts: Parts,
  isOneARow: boolean,
): ArrayLike<Cell> | undefined {
  const { task, classes } = signature;
  const givesLabels = task === 'multiclass' && isOneARow;
  if (task === 'regression' || task === 'transform') return parts.score;
  if (!classes) return parts.label;
  if (understood.class.endsWith('Booster') && parts.probabilities && !givesLabels) {
    return task === 'binary' ? parts.probabilities.filter((_, i) => i % 2 === 1) : parts.probabilities;
  }
  return Array.from(parts.label ?? [], (index) => classes[index]);
}

/** The largest |got - expected| / max(1, |expected|); infinite where labels differ or only one of two is NaN. */
export function errorOf({ got, expected }: Comparison): number {
  if (!got || got.length !== expected.length) return Infinity;
  return expected.reduce<number>((largest, value, i) => Math.max(largest, cellError(got[i], value)), 0);
}

function cellError(got: Cell, stated: Cell): number {
  // JSON has no infinity: the corpus spells it out.
  const expected = typeof got === 'number' && typeof stated === 'string' ? Number(stated) : stated;
  if (expected === null) return Number.isNaN(got) ? 0 : Infinity;
  if (typeof got !== 'number' || typeof expected !== 'number') return got === expected ? 0 : Infinity;
  if (got === expected) return 0;
  const error = Math.abs(got - expected) / Math.max(1, Math.abs(expected));
  return Number.isNaN(error) ? Infinity : error;
}
