import { isDescribed } from './apply-to-table.js';
import type { TableModel } from './converter.js';

/** What the graph of a model can be checked with, where the model has it. */
export function rowCheckOf(model: TableModel): TableModel['onRows'] {
  if (!isDescribed(model)) return model.onRows;
  // Rows hold codes where the graph takes names of categories.
  if (model.features.some(({ type }) => type === 'string' || type === 'boolean')) return undefined;
  return {
    evaluate: (rows, count) => model.evaluate(rows, count),
    checkRows: (count) => model.checkRows(count),
  };
}
