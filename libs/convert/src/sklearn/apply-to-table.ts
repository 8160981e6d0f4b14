import type { DescribedModel, FittedModel, ModelOutputs } from '../fitted-model.js';
import type { GraphBuilder } from '../onnx-writer/index.js';
import type { TableModel } from './converter.js';
import type { Table } from './table.js';
import { checkedTable } from './unchecked-rows.js';

/** Adds a model to a graph, on columns of which some may be texts where the model takes texts. */
export function applyToTable(g: GraphBuilder, model: TableModel, table: Table): ModelOutputs {
  if (model.applyToTable) return model.applyToTable(g, table);
  if (table.isSparse && model.applyToSparse) return model.applyToSparse(g, table.matrix(g));
  if (!isDescribed(model)) return model.apply(g, checkedFor(g, model, table).matrix(g));
  if (!table.isOfColumns) return model.apply(g, table.matrix(g));
  const columns = table.columns(g).map(({ value }) => value);
  return model.applyToColumns(g, columns);
}

// Of scikit-learn's models, those that take NaN take infinity too, or look for it themselves (forests).
function checkedFor(g: GraphBuilder, model: TableModel, table: Table): Table {
  return model.takesMissing ? table : checkedTable(g, table, 'refused');
}

/** Whether a model knows its features. */
export function isDescribed(model: FittedModel): model is DescribedModel {
  return 'features' in model && 'evaluate' in model;
}

/** The names that a model knows, unless they are fillers. */
export function namesOfModel(model: TableModel): readonly string[] | undefined {
  if (!isDescribed(model)) return model.names;
  return model.namesFrom === 'file' ? model.features.map(({ name }) => name) : undefined;
}
