import type { Feature, Wiring } from '@app/core';
import { declareOutputs, GraphBuilder, wiringOf } from '../onnx-writer/index.js';
import { applyToTable } from './apply-to-table.js';
import { needsOfModel } from './column-needs.js';
import type { TableModel } from './converter.js';
import { Table } from './table.js';

/** A model as ONNX, and how a signature meets it. */
export interface WrittenModel {
  readonly onnx: Uint8Array;
  readonly wiring: Wiring;
}

/** Writes a graph for a model: one input [N, F], or one [N, 1] a feature where some are texts or looked up. */
export function writeModel(model: TableModel, features: readonly Feature[]): WrittenModel {
  const g = new GraphBuilder();
  declareOutputs(g, applyToTable(g, model, inputTable(g, model, features)), model.task);
  g.metadata('task', model.task);
  if (model.classes) g.metadata('classes', JSON.stringify(model.classes));
  g.metadata('feature_names', JSON.stringify(features.map(({ name }) => name)));
  return { onnx: g.build(), wiring: wiringOf(g, model.task) };
}

function inputTable(g: GraphBuilder, model: TableModel, features: readonly Feature[]): Table {
  const names = features.map(({ name }) => name);
  if (!takesColumns(model, features)) {
    return Table.ofMatrix(g.input('x', 'double', features.length), features.length, names);
  }
  return Table.ofColumns(
    features.map(({ name, type }, i) => {
      const columnType = type === 'string' ? 'string' : 'double';
      return { name, type: columnType, value: g.input(`x${i}`, columnType) };
    }),
  );
}

/** Categories are looked up column by column, numbers among them too. */
function takesColumns(model: TableModel, features: readonly Feature[]): boolean {
  return (
    features.some(({ type, categories }) => type === 'string' || categories) ||
    needsOfModel(model).some(({ isLookedUp }) => isLookedUp)
  );
}
