import { isDescribed } from './apply-to-table.js';
import type { RowCheck, TableModel } from './converter.js';

/** What the graph of a model can be checked with, where the model has it. */
export function rowCheckOf(model: TableModel): RowCheck | undefined {
  if (!isCheckable(model)) return model.onRows;
  // Rows hold codes where the graph takes the categories themselves.
  if (isDescribed(model) && (model.categories.size > 0 || model.features.some(({ type }) => type !== 'double')))
    return undefined;
  return {
    evaluate: (rows, count) => model.evaluate(rows, count),
    checkRows: (count) => model.checkRows(count),
  };
}

function isCheckable(model: TableModel): model is TableModel & RowCheck {
  return 'evaluate' in model && 'checkRows' in model;
}
