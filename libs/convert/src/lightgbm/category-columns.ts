import { categoriesOf, unsupported, type CategoryColumns } from '../trees/index.js';
import type { ModelText } from './model-text.js';

/** Joins the lists of `pandas_categorical` to their features; a category's code is its place in the list. */
export function readCategoryColumns(text: ModelText): CategoryColumns {
  const { pandasCategories: lists } = text;
  if (lists.length === 0) return new Map();
  const features = categoricalFeatures(text);
  const isFeature = (feature: number) => Number.isInteger(feature) && feature >= 0 && feature < text.featureCount;
  if (features.length !== lists.length || !features.every(isFeature) || lists.some((list) => list.length === 0)) {
    unsupported(`the LightGBM model has ${lists.length} pandas category columns, but does not say which`);
  }
  return new Map(features.map((feature, i) => [feature, categoriesOf(lists[i])]));
}

/** From the training parameters; else those features of which the header lists categories. */
function categoricalFeatures({ header, parameters }: ModelText): readonly number[] {
  const stated = (parameters.get('categorical_feature') ?? '').split(',').filter(Boolean);
  if (stated.length > 0) return stated.map(Number);
  const infos = (header.get('feature_infos') ?? '').split(' ');
  return infos.flatMap((info, i) => (/^-?\d+(:-?\d+)*$/.test(info) ? [i] : []));
}
