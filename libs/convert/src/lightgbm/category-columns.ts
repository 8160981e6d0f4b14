import { categoriesOf, unsupported, type CategoryColumns } from '../trees/index.js';
import { checkCategoryPlaces } from './category-places.js';
import type { ModelText } from './model-text.js';

/** Category columns, and what to know about them. */
interface ReadCategories {
  readonly categories: CategoryColumns;
  readonly warnings: readonly string[];
}

/** Joins the lists of `pandas_categorical` to their features; a category's code is its place in the list. */
export function readCategoryColumns(text: ModelText): ReadCategories {
  const { pandasCategories: lists } = text;
  if (lists.length === 0) return { categories: new Map(), warnings: [] };
  const features = categoricalFeatures(text);
  const isFeature = (feature: number) => Number.isInteger(feature) && feature >= 0 && feature < text.featureCount;
  if (features.length !== lists.length || !features.every(isFeature) || lists.some((list) => list.length === 0)) {
    unsupported(`the LightGBM model has ${lists.length} pandas category columns, but does not say which`);
  }
  const warnings = checkCategoryPlaces(text, features);
  return { categories: new Map(features.map((feature, i) => [feature, categoriesOf(lists[i])])), warnings };
}

/** From the training parameters, in the order of the columns; else those features of which the header lists categories. */
function categoricalFeatures({ header, parameters }: ModelText): readonly number[] {
  const stated = (parameters.get('categorical_feature') ?? '').split(',').filter(Boolean);
  if (stated.length > 0) return [...new Set(stated.map(Number))].sort((a, b) => a - b);
  const infos = (header.get('feature_infos') ?? '').split(' ');
  return infos.flatMap((info, i) => (/^-?\d+(:-?\d+)*$/.test(info) ? [i] : []));
}
