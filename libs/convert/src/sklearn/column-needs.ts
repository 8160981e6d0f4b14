import type { Feature } from '@app/core';
import { unsupported } from '../trees/index.js';
import { isDescribed } from './apply-to-table.js';
import type { ColumnNeed, MissingRule, TableModel, Transformer } from './converter.js';

/** Numbers in all columns, with one rule for missing ones. */
export function numbersNeeded(width: number, missing: MissingRule): readonly ColumnNeed[] {
  return Array.from({ length: width }, () => ({ type: 'double', missing }));
}

/** What a model asks of its columns. */
export function needsOfModel(model: TableModel): readonly ColumnNeed[] {
  if (isDescribed(model)) return model.features.map((feature, i) => needOfFeature(feature, model.categories.has(i)));
  return model.needs ?? numbersNeeded(model.inputs, model.takesMissing ? 'handled' : 'refused');
}

/** Whether a model has a rule for a missing value in each of its columns. */
export function takesMissing(model: TableModel): boolean {
  return needsOfModel(model).every(({ missing }) => missing === 'handled');
}

function needOfFeature({ type, nullable, categories }: Feature, isLookedUp: boolean): ColumnNeed {
  const need: ColumnNeed = { type: type === 'string' ? 'string' : 'double', missing: nullable ? 'handled' : 'refused' };
  return { ...need, ...(categories && { categories }), ...(isLookedUp && { isLookedUp }) };
}

/** What a transformer asks of its columns, `width` of them. */
export function needsOfTransformer(transformer: Transformer, width: number): readonly ColumnNeed[] {
  // A step that does nothing passes on what it is given.
  return transformer.needs ?? numbersNeeded(width, transformer.outputs === undefined ? 'passed' : 'refused');
}

/** What a step asks when another follows: a missing value that it passes on meets the rule of the next. */
export function needsThrough(needs: readonly ColumnNeed[], next: readonly ColumnNeed[]): readonly ColumnNeed[] {
  const rule = next.map(({ missing }) => missing).reduce(stricter, 'handled');
  return needs.map((need) => (need.missing === 'passed' ? { ...need, missing: rule } : need));
}

/** What two steps ask of the same column; refuses where one takes texts and the other numbers. */
export function bothNeeds(a: ColumnNeed | undefined, b: ColumnNeed): ColumnNeed {
  if (!a) return b;
  if (a.type !== b.type) unsupported('a column is used both as text and as number');
  const categories = a.categories ?? b.categories;
  const isLookedUp = a.isLookedUp || b.isLookedUp;
  return {
    type: a.type,
    missing: stricter(a.missing, b.missing),
    ...(categories && { categories }),
    ...(isLookedUp && { isLookedUp }),
  };
}

const STRICTEST_FIRST: readonly MissingRule[] = ['refused', 'passed', 'handled'];

function stricter(a: MissingRule, b: MissingRule): MissingRule {
  return STRICTEST_FIRST.find((rule) => rule === a || rule === b)!;
}
