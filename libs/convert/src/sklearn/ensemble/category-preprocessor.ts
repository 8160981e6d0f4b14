import type { PyObject } from '../../pickle/index.js';
import type { ConversionContext, TableModel } from '../converter.js';
import { numbersNeeded, needsThrough } from '../column-needs.js';
import { Table } from '../table.js';

/** Since 1.4 hist gradient boosting numbers its categories by a transformer of its own, which also moves them to the front. */
export function behindPreprocessor(object: PyObject, model: TableModel, context: ConversionContext): TableModel {
  const value = object.get('_preprocessor') ?? null;
  if (value === null) return model;
  const preprocessor = context.transformer(value);
  const { inputs, task, classes, targets } = model;
  const needs = preprocessor.needs && needsThrough(preprocessor.needs, numbersNeeded(inputs, 'handled'));
  const applyToTable: NonNullable<TableModel['applyToTable']> = (g, table) =>
    model.apply(g, preprocessor.transform(g, table).matrix(g));
  return {
    inputs,
    task,
    ...(classes && { classes }),
    ...(targets !== undefined && { targets }),
    ...(needs && { needs }),
    takesMissing: true,
    apply: (g, x) => applyToTable(g, Table.ofMatrix(x, inputs)),
    applyToTable,
  };
}
