import type { ModelOutputs } from '../../fitted-model.js';
import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { integersOf, itemsOf, listOf, NdArray, type PyObject, type PyValue } from '../../pickle/index.js';
import { unreadable } from '../../trees/index.js';
import { applyToTable } from '../apply-to-table.js';
import { takesMissing } from '../column-needs.js';
import type { ConversionContext, ModelConverter, TableModel } from '../converter.js';
import {
  classFactsOf,
  inputsOf,
  labelOf,
  modelsOf,
  oneHot,
  placesOfNumbers,
  scoreOf,
  spread,
} from '../estimator/index.js';
import { Table } from '../table.js';
import { meanDecision } from './bagged-decision.js';

/** A model and the columns that it was trained on. */
interface Part {
  readonly model: TableModel;
  readonly columns: readonly number[];
}

/** The mean of what regressors predict. */
export const baggingRegressor: ModelConverter = (object, context) => {
  const inputs = inputsOf(object);
  const parts = partsOf(object, inputs, context);
  return {
    inputs,
    task: 'regression',
    takesMissing: parts.every(({ model }) => takesMissing(model)),
    ...onTables(inputs, (g, table) => ({
      score: mean(g, parts, (part) => scoreOf(g, part.model, columnsOf(g, table, part))),
    })),
  };
};

/** The mean of probabilities; of votes where a part gives none. */
export const baggingClassifier: ModelConverter = (object, context) => {
  const inputs = inputsOf(object);
  const parts = partsOf(object, inputs, context);
  const facts = classFactsOf(object);
  const count = facts.classes.length;
  const sharesOf = (g: GraphBuilder, { model }: Part, outputs: ModelOutputs): Value => {
    const places = placesOfNumbers(model, facts.classes);
    const { probabilities } = outputs;
    return probabilities ? spread(g, probabilities, places, count) : oneHot(g, labelOf(outputs), count, places);
  };
  const knowAllClasses = parts.every(({ model }) => model.classes?.length === count);
  return {
    inputs,
    ...facts,
    takesMissing: parts.every(({ model }) => takesMissing(model)),
    ...onTables(inputs, (g, table) => {
      const outputs = parts.map((part) => applyToTable(g, part.model, columnsOf(g, table, part)));
      const probabilities = mean(g, parts, (part, i) => sharesOf(g, part, outputs[i]));
      const decision = meanDecision(g, outputs, knowAllClasses);
      return { ...(decision && { decision }), probabilities, label: g.argMax(probabilities) };
    }),
  };
};

function partsOf(object: PyObject, inputs: number, context: ConversionContext): readonly Part[] {
  const models = modelsOf(object, 'estimators_', context);
  const features = listOf(object, 'estimators_features_');
  if (features.length !== models.length) unreadable('a bagging model whose parts and features disagree');
  return models.map((model, i) => ({ model, columns: columnNumbers(features[i], model.inputs, inputs) }));
}

/** The columns of X that a part of an ensemble takes. */
export function columnNumbers(features: PyValue, width: number, inputs: number): readonly number[] {
  const columns = features instanceof NdArray ? integersOf(features) : itemsOf(features);
  const isColumn = (column: PyValue) => Number.isInteger(column) && Number(column) >= 0 && Number(column) < inputs;
  const fits = columns.length === width && columns.every(isColumn);
  return fits ? (columns as readonly number[]) : unreadable('the features of a part of an ensemble do not fit it');
}

function columnsOf(g: GraphBuilder, table: Table, { columns }: Part): Table {
  const isAll = columns.length === table.width && columns.every((column, i) => column === i);
  return isAll ? table : table.select(g, columns);
}

function onTables(
  inputs: number,
  outputs: NonNullable<TableModel['applyToTable']>,
): Pick<TableModel, 'apply' | 'applyToTable'> {
  return { apply: (g, x) => outputs(g, Table.ofMatrix(x, inputs)), applyToTable: outputs };
}

function mean(g: GraphBuilder, parts: readonly Part[], valueOf: (part: Part, i: number) => Value): Value {
  const sum = parts.map(valueOf).reduce((total, value) => g.add(total, value));
  return g.div(sum, parts.length);
}
