import type { FeatureType } from '@app/core';
import type { GraphBuilder, Value } from '../onnx-writer/index.js';
import { unreadable, unsupported } from '../trees/index.js';
import type { ModelText } from './model-text.js';

/** The categories of pandas category columns, by feature; a category's code is its place in the list. */
export type CategoryColumns = ReadonlyMap<number, Categories>;

/** All texts, or all numbers (true is 1, as in Python). */
interface Categories {
  readonly type: FeatureType;
  readonly values: readonly string[] | readonly number[];
}

/** Joins the lists of `pandas_categorical` to their features. */
export function readCategoryColumns(text: ModelText): CategoryColumns {
  const { pandasCategories: lists } = text;
  if (lists.length === 0) return new Map();
  const features = categoricalFeatures(text);
  const isFeature = (feature: number) => Number.isInteger(feature) && feature >= 0 && feature < text.featureCount;
  if (features.length !== lists.length || !features.every(isFeature)) {
    unsupported(`the LightGBM model has ${lists.length} pandas category columns, but does not say which`);
  }
  return new Map(features.map((feature, i) => [feature, categoriesOf(lists[i])]));
}

/** The code of each row's category, NaN for one that training did not see; double [N, 1]. */
export function categoryCodes(g: GraphBuilder, column: Value, { values }: Categories): Value {
  if (values.length === 0) return g.where(g.equal(column, column), NaN, NaN);
  const known = isTexts(values) ? g.strings(values, [1, values.length]) : g.doubles(values, [1, values.length]);
  const isCategory = g.cast(g.equal(column, known), 'double');
  const isKnown = g.greater(g.reduceMax(isCategory), 0);
  return g.where(isKnown, g.cast(g.argMax(isCategory, { keepDims: true }), 'double'), NaN);
}

/** From the training parameters; else those features of which the header lists categories. */
function categoricalFeatures({ header, parameters }: ModelText): readonly number[] {
  const stated = (parameters.get('categorical_feature') ?? '').split(',').filter(Boolean);
  if (stated.length > 0) return stated.map(Number);
  const infos = (header.get('feature_infos') ?? '').split(' ');
  return infos.flatMap((info, i) => (/^-?\d+(:-?\d+)*$/.test(info) ? [i] : []));
}

function categoriesOf(list: readonly unknown[]): Categories {
  if (list.every((value) => typeof value === 'string')) return { type: 'string', values: list };
  if (list.every((value) => typeof value === 'boolean')) return { type: 'boolean', values: list.map(Number) };
  if (list.every((value) => typeof value === 'number')) return { type: 'double', values: list };
  return unreadable('the categories of a LightGBM column are neither all texts nor all numbers');
}

function isTexts(values: readonly string[] | readonly number[]): values is readonly string[] {
  return typeof values[0] === 'string';
}
