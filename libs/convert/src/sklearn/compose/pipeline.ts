import type { PyObject } from '../../pickle/index.js';
import { unreadable } from '../../trees/index.js';
import { applyToTable, namesOfModel } from '../apply-to-table.js';
import { needsOfModel } from '../column-needs.js';
import type { ConversionContext, TableModel, Transformer } from '../converter.js';
import { rowCheckOf } from '../row-check.js';
import { Table } from '../table.js';
import { chainOf, inputsBefore, needsBefore, widthAfter } from './chain.js';
import { stepsOf } from './named-steps.js';
import { isPassthrough } from './passthrough.js';

/** A pipeline that ends in a model. */
export function convertPipelineModel(object: PyObject, context: ConversionContext): TableModel {
  const steps = stepsOf(object).filter((step, i, all) => i === all.length - 1 || !isPassthrough(step));
  const before = steps.slice(0, -1).map((step) => context.transformer(step));
  const model = context.model(steps.at(-1)!);
  return before.length === 0 ? model : modelBehind(chainOf(before), model);
}

/** A pipeline that ends in a transformer. */
export function convertPipelineTransformer(object: PyObject, context: ConversionContext): Transformer {
  return chainOf(
    stepsOf(object)
      .filter((step) => !isPassthrough(step))
      .map((step) => context.transformer(step)),
  );
}

/** A model that is given what a transformer makes of the columns. */
export function modelBehind(step: Transformer, model: TableModel): TableModel {
  const inputs = inputsBefore(step, model.inputs);
  if (inputs === undefined) return unreadable('a Pipeline does not say how many columns it takes');
  if (widthAfter(step, inputs) !== model.inputs) {
    unreadable(`a model for ${model.inputs} features is given ${widthAfter(step, inputs)}`);
  }
  const apply = (...[g, table]: Parameters<NonNullable<TableModel['applyToTable']>>) =>
    applyToTable(g, model, step.transform(g, table));
  return {
    inputs,
    task: model.task,
    ...(model.classes && { classes: model.classes }),
    ...(model.targets !== undefined && { targets: model.targets }),
    needs: needsBefore(step, inputs, needsOfModel(model)),
    ...namesBehind(step, model),
    ...checkBehind(step, model),
    apply: (g, x) => apply(g, Table.ofMatrix(x, inputs)),
    applyToTable: apply,
  };
}

/** The names that a model knows are those of the columns before a step that keeps each in its place. */
function namesBehind(step: Transformer, model: TableModel): Pick<TableModel, 'names'> {
  const names = namesOfModel(model);
  return step.onRows && names ? { names } : {};
}

/** The self-check of a model survives steps that can be computed, and taken back, on rows. */
function checkBehind({ onRows }: Transformer, behind: TableModel): Pick<TableModel, 'onRows'> {
  const model = rowCheckOf(behind);
  if (!onRows || !model) return {};
  return {
    onRows: {
      evaluate: (rows, count) => model.evaluate(onRows.transform(rows), count),
      checkRows: (count) => onRows.inverse(model.checkRows(count)),
    },
  };
}
