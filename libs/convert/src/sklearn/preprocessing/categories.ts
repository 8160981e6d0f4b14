import { MISSING_TEXT } from '@app/core';
import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { attribute, className, itemsOf, listOf, type PyObject, type PyValue } from '../../pickle/index.js';
import { unsupported } from '../../trees/index.js';
import { checkWidth } from '../fitted-numbers.js';
import type { Column } from '../table.js';

/** The categories of a column: `known` in order, all texts or all numbers, and where among them "missing" stands. */
export interface ColumnCategories {
  readonly type: 'double' | 'string';
  readonly known: readonly (string | number)[];
  /** The place of the missing value among the categories; undefined where it is none of them. */
  readonly missingAt: number | undefined;
  readonly count: number;
}

/** `categories_` of an encoder, one entry a column. */
export function categoriesOfEncoder(object: PyObject): readonly ColumnCategories[] {
  const name = className(object);
  const lists = listOf(object, 'categories_').map((list) => columnCategories(itemsOf(list), name));
  checkWidth(
    lists.reduce((sum, { count }) => sum + count, 0),
    name,
  );
  return lists;
}

function columnCategories(items: readonly PyValue[], name: string): ColumnCategories {
  const missing = items.flatMap((item, place) => (isMissing(item) ? [place] : []));
  if (missing.length > 1) unsupported(`${name} tells None from NaN in one column`);
  const known = items
    .filter((item) => !isMissing(item))
    .map((item) => (typeof item === 'boolean' ? Number(item) : item));
  const type = known.some((item) => typeof item === 'string') ? 'string' : 'double';
  const kind = type === 'string' ? 'string' : 'number';
  if (!known.every((item) => typeof item === kind)) unsupported(`${name} has categories of several types in a column`);
  return { type, known: known as (string | number)[], missingAt: missing[0], count: items.length };
}

function isMissing(item: PyValue): boolean {
  return item === null || Number.isNaN(item);
}

/** Whether a value is missing; bool, in the shape of the column. */
export function isMissingIn(g: GraphBuilder, { value, type }: Column): Value {
  return type === 'string' ? g.equal(value, g.strings([MISSING_TEXT])) : g.isNaN(value);
}

/** 1 where the category of a column's place is that of the row, else 0; double [N, count]. */
export function membership(g: GraphBuilder, column: Column, categories: ColumnCategories): Value {
  const { type, known, missingAt, count } = categories;
  if (column.type !== type) return unsupported(`an encoder of ${type} categories is given a column of another type`);
  const parts = known.length > 0 ? [g.cast(g.equal(column.value, constants(g, categories)), 'double')] : [];
  if (missingAt === undefined) return g.concat(parts);
  const all = g.concat([...parts, g.cast(isMissingIn(g, column), 'double')]);
  const order = Array.from({ length: count }, (_, place) => placeOf(place, missingAt, known.length));
  return g.gather(all, order);
}

function constants(g: GraphBuilder, { type, known }: ColumnCategories): Value {
  const dims = [1, known.length];
  return type === 'string' ? g.strings(known as string[], dims) : g.doubles(known as number[], dims);
}

/** The missing value was put last. */
function placeOf(place: number, missingAt: number, last: number): number {
  if (place === missingAt) return last;
  return place < missingAt ? place : place - 1;
}

/** The number that `values` has for the category of each row, the last of them for a category that is not known; double [N, 1]. */
export function valueOfCategory(
  g: GraphBuilder,
  column: Column,
  categories: ColumnCategories,
  values: ArrayLike<number>,
): Value {
  const isCategory = membership(g, column, categories);
  const place = g.argMax(g.concat([isCategory, isUnknown(g, isCategory)]), { keepDims: true });
  return g.gather(g.doubles(values), place, 0);
}

/** 1 where a row is of no category that is known; double [N, 1]. */
export function isUnknown(g: GraphBuilder, isCategory: Value): Value {
  return g.sub(1, g.reduceMax(isCategory));
}

/** Whether the encoder is an error away from a category that it does not know. */
export function refusesUnknown(object: PyObject): boolean {
  return attribute(object, 'handle_unknown') === 'error';
}
