import type { Label } from '@app/core';
import type { ModelOutputs } from '../../fitted-model.js';
import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { attribute, className, listOf, optionalBooleanOf, type PyObject, type PyValue } from '../../pickle/index.js';
import { unreadable, unsupported } from '../../trees/index.js';
import { applyToTable } from '../apply-to-table.js';
import type { ConversionContext, ModelConverter, TableModel } from '../converter.js';
import { classFactsOf, combinedModel, isClassifier, labelOf, modelsOf, placesOfNumbers } from '../estimator/index.js';
import { Table } from '../table.js';

const PARTS: ReadonlyMap<PyValue, keyof ModelOutputs> = new Map([
  ['predict', 'score'],
  ['predict_proba', 'probabilities'],
  ['decision_function', 'decision'],
]);

/** A first layer of models, and the one that learned from what they predict. */
interface Stack {
  readonly models: readonly TableModel[];
  readonly methods: readonly PyValue[];
  readonly last: TableModel;
  /** Whether the last model takes the features too. */
  readonly takesFeatures: boolean;
}

export const stackingRegressor: ModelConverter = (object, context) => {
  const stack = stackOf(object, context);
  if (stack.last.task !== 'regression') unsupported(`${className(object)} whose final estimator is no regressor`);
  return combinedModel(object, stack.models, {
    task: 'regression',
    outputs: (g, table) => applyToTable(g, stack.last, secondLayer(g, stack, table)),
  });
};

export const stackingClassifier: ModelConverter = (object, context) => {
  const stack = stackOf(object, context);
  const facts = classFactsOf(object);
  const places = placesOfNumbers(stack.last, facts.classes);
  if (places.length !== facts.classes.length) unreadable('a final estimator that does not know all classes');
  return combinedModel(object, stack.models, {
    ...facts,
    outputs: (g, table) => applyToTable(g, stack.last, secondLayer(g, stack, table, facts.classes)),
  });
};

function stackOf(object: PyObject, context: ConversionContext): Stack {
  const models = modelsOf(object, 'estimators_', context);
  const methods = listOf(object, 'stack_method_').filter((method) => method !== null);
  if (methods.length !== models.length) unreadable(`stack_method_ of ${className(object)} does not fit its estimators`);
  return {
    models,
    methods,
    last: context.model(attribute(object, 'final_estimator_')),
    takesFeatures: optionalBooleanOf(object, 'passthrough') ?? false,
  };
}

function secondLayer(g: GraphBuilder, stack: Stack, table: Table, classes: readonly Label[] = []): Table {
  const { models, methods, last, takesFeatures } = stack;
  const columns = models.map((model, i) => predictions(g, { model, method: methods[i], table, classes }));
  const joined = g.concat(takesFeatures ? [...columns, table.matrix(g)] : columns);
  const second = Table.ofMatrix(joined, last.inputs);
  return takesFeatures ? second.heldAs(table) : second;
}

interface FirstLayer {
  readonly model: TableModel;
  readonly method: PyValue;
  readonly table: Table;
  readonly classes: readonly Label[];
}

function predictions(g: GraphBuilder, { model, method, table, classes }: FirstLayer): Value {
  const outputs = applyToTable(g, model, table);
  if (method === 'predict' && isClassifier(model)) return numbersOfLabels(g, labelOf(outputs), model);
  const value = partCalled(method, outputs);
  if (!value)
    return unsupported(`stacking with what a model does not give: ${PARTS.get(method) ?? 'an unknown method'}`);
  // Of two classes the first column says nothing that the second does not.
  return method === 'predict_proba' && classes.length === 2 ? g.gather(value, [1]) : value;
}

function partCalled(method: PyValue, outputs: ModelOutputs): Value | undefined {
  const part = PARTS.get(method);
  return part && outputs[part];
}

function numbersOfLabels(g: GraphBuilder, label: Value, { classes = [] }: TableModel): Value {
  const numbers = classes.map((name) => (typeof name === 'string' ? unsupported('stacking on texts') : Number(name)));
  return g.unsqueeze(g.gather(g.doubles(numbers), label, 0), 1);
}
