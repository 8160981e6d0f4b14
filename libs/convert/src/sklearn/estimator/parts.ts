import type { Label } from '@app/core';
import type { FittedModel } from '../../fitted-model.js';
import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { className, listOf, PyObject } from '../../pickle/index.js';
import { tooComplex, unreadable, unsupported } from '../../trees/index.js';
import { applyToTable } from '../apply-to-table.js';
import type { ConversionContext, TableModel } from '../converter.js';
import type { Table } from '../table.js';

const MAX_PARTS = 100_000;

/** The objects that a list or array of an estimator holds; at least one. */
export function objectsOf(object: PyObject, name: string): readonly PyObject[] {
  const items = listOf(object, name);
  if (items.length === 0) unsupported(`${className(object)} has no ${name}; is it fitted?`);
  if (items.length > MAX_PARTS) tooComplex(`${className(object)} has more than ${MAX_PARTS} ${name}`);
  return items.map((item) => (item instanceof PyObject ? item : unsupported(notAnEstimator(object, name))));
}

/** The fitted models that an estimator combines. */
export function modelsOf(object: PyObject, name: string, context: ConversionContext): readonly TableModel[] {
  return objectsOf(object, name).map((part) => context.model(part));
}

/** Refuses a part that takes other columns than its owner gives. */
export function checkInputs(object: PyObject, models: readonly FittedModel[], inputs: number): void {
  const other = models.find((model) => model.inputs !== inputs);
  if (other) unreadable(`${className(object)} takes ${inputs} features, a part of it ${other.inputs}`);
}

/** The predictions [N, targets] of a regressor; refuses any other model. */
export function scoreOf(g: GraphBuilder, model: TableModel, table: Table): Value {
  const { score } = applyToTable(g, model, table);
  return score && model.task === 'regression' ? score : unsupported('a classifier where a regressor is expected');
}

/** Where each class of a part stands among the classes of the whole. */
export function placesOfClasses(part: FittedModel, classes: readonly Label[]): readonly number[] {
  const own = part.classes ?? unsupported('a regressor where a classifier is expected');
  const places = own.map((label) => classes.indexOf(label));
  return places.includes(-1) ? unreadable('a part of the classifier knows other classes than the whole') : places;
}

/** The same for parts that were trained on the numbers 0, 1, … of the classes. */
export function placesOfNumbers(part: FittedModel, classes: readonly Label[]): readonly number[] {
  return placesOfClasses(
    part,
    classes.map((_, i) => i),
  );
}

function notAnEstimator(object: PyObject, name: string): string {
  return `${name} of ${className(object)} holds something that is no estimator`;
}
