import type { FeatureType } from '@app/core';
import type { GraphBuilder, Value } from '../onnx-writer/index.js';
import { unreadable } from './refusals.js';

/** The categories of a column in the order of their codes: all texts, or all numbers (true is 1, as in Python). */
export interface Categories {
  readonly type: FeatureType;
  readonly values: readonly string[] | readonly number[];
}

/** Categories by the feature whose column they are of. */
export type CategoryColumns = ReadonlyMap<number, Categories>;

/** Tells texts, booleans and numbers apart; refuses a mixture. */
export function categoriesOf(list: readonly unknown[]): Categories {
  if (list.every((value) => typeof value === 'string')) return { type: 'string', values: list };
  if (list.every((value) => typeof value === 'boolean')) return { type: 'boolean', values: list.map(Number) };
  if (list.every((value) => typeof value === 'number')) return { type: 'double', values: list };
  return unreadable('the categories of a column are neither all texts nor all numbers');
}

/** Columns [N, 1] joined to X, those of categories as codes. */
export function withCodes(g: GraphBuilder, columns: readonly Value[], categories: CategoryColumns): Value {
  const codes = columns.map((column, i) => {
    const known = categories.get(i);
    return known ? categoryCodes(g, column, known) : column;
  });
  return g.concat(codes);
}

/** The code of each row's category, NaN for one that training did not see; double [N, 1]. */
function categoryCodes(g: GraphBuilder, column: Value, { values }: Categories): Value {
  const known = isTexts(values) ? g.strings(values, [1, values.length]) : g.doubles(values, [1, values.length]);
  const isCategory = g.cast(g.equal(column, known), 'double');
  const isKnown = g.greater(g.reduceMax(isCategory), 0);
  return g.where(isKnown, g.cast(g.argMax(isCategory, { keepDims: true }), 'double'), NaN);
}

function isTexts(values: readonly string[] | readonly number[]): values is readonly string[] {
  return typeof values[0] === 'string';
}
