import type { Value } from '../../onnx-writer/index.js';
import { attribute, integersOf, itemsOf, NdArray, type PyObject } from '../../pickle/index.js';
import { unreadable } from '../../trees/index.js';
import type { ModelConverter, TableModel } from '../converter.js';
import { combinedModel, inputsOf, modelsOf, scoreOf } from '../estimator/index.js';
import { Table } from '../table.js';

/** One regressor for each target. */
export const multiOutputRegressor: ModelConverter = (object, context) => {
  const models = modelsOf(object, 'estimators_', context);
  return combinedModel(object, models, {
    task: 'regression',
    targets: models.length,
    outputs: (g, table) => ({ score: g.concat(models.map((model) => scoreOf(g, model, table))) }),
  });
};

/** One regressor for each target, which takes the targets before it as features. */
export const regressorChain: ModelConverter = (object, context) => {
  const models = modelsOf(object, 'estimators_', context);
  const order = orderOf(object, models.length);
  const inputs = inputsOf(object, models[0].inputs);
  if (models.some((model, i) => model.inputs !== inputs + i)) unreadable('a chain whose links do not fit');
  const links: NonNullable<TableModel['applyToTable']> = (g, table) => {
    const scores: Value[] = [];
    for (const model of models) {
      const longer = Table.ofMatrix(g.concat([table.matrix(g), ...scores]), inputs + scores.length);
      scores.push(scoreOf(g, model, longer.heldAs(table)));
    }
    return { score: g.concat(order.map((_, target) => scores[order.indexOf(target)])) };
  };
  return {
    inputs,
    task: 'regression',
    targets: models.length,
    apply: (g, x) => links(g, Table.ofMatrix(x, inputs)),
    applyToTable: links,
  };
};

/** The target of each link; every target once. */
function orderOf(object: PyObject, count: number): readonly number[] {
  const value = attribute(object, 'order_');
  const order = value instanceof NdArray ? integersOf(value) : (itemsOf(value) as readonly number[]);
  const isPermutation = order.length === count && Array.from(order.keys()).every((target) => order.includes(target));
  return isPermutation ? order : unreadable('the order of a chain is no order');
}
