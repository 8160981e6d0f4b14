import { integersOf, listOf, NdArray, optionalAttribute, type PyObject, type PyValue } from '../../pickle/index.js';
import { unreadable } from '../../trees/index.js';
import type { ColumnCategories } from './categories.js';

/** Categories of a column of which the rare ones were put together into one, the last. */
export interface Groups {
  /** The group of each category, by its place. */
  readonly ofCategory: readonly number[];
  readonly count: number;
}

/** How an encoder with `min_frequency` or `max_categories` groups the categories of each column; undefined where it does not. */
export function groupsOf(object: PyObject, columns: readonly ColumnCategories[]): readonly (Groups | undefined)[] {
  if (optionalAttribute(object, '_infrequent_enabled') !== true) return columns.map(() => undefined);
  const mappings = listOf(object, '_default_to_infrequent_mappings');
  if (mappings.length !== columns.length) unreadable('the infrequent categories do not fit the columns');
  return mappings.map((mapping, column) => groupsIn(mapping, columns[column].count));
}

/** OrdinalEncoder leaves a missing category, the last one, out of its mapping. */
function groupsIn(mapping: PyValue, categories: number): Groups | undefined {
  if (mapping === null) return undefined;
  const ofCategory = mapping instanceof NdArray ? integersOf(mapping) : [];
  const isComplete = ofCategory.length === categories || ofCategory.length === categories - 1;
  // The groups are numbered without gaps, so that there are as many as different numbers.
  const count = new Set(ofCategory).size;
  const isNumbered = count > 0 && ofCategory.every((group) => group >= 0 && group < count);
  return isComplete && isNumbered ? { ofCategory, count } : unreadable('infrequent categories that do not fit');
}
