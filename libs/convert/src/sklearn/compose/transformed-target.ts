import { attribute, className, type PyObject } from '../../pickle/index.js';
import type { ModelOutputs } from '../../fitted-model.js';
import type { GraphBuilder } from '../../onnx-writer/index.js';
import { unreadable, unsupported } from '../../trees/index.js';
import { applyToTable, namesOfModel } from '../apply-to-table.js';
import { needsOfModel } from '../column-needs.js';
import type { ConversionContext, TableModel, Transformer } from '../converter.js';
import { rowCheckOf } from '../row-check.js';
import { Table } from '../table.js';

/** A regressor that was trained on a transformed target: the inverse of that is applied to what it predicts. */
export function convertTransformedTarget(object: PyObject, context: ConversionContext): TableModel {
  const model = context.model(attribute(object, 'regressor_'));
  return withTarget(model, context.transformer(attribute(object, 'transformer_')), className(object));
}

/** A regressor whose score is taken back through a transformer. */
export function withTarget(model: TableModel, target: Transformer, what: string): TableModel {
  const targets = checkedTargets(model, target, what);
  const { inverse } = target;
  const names = namesOfModel(model);
  if (!inverse) return unsupported(`the transformer of the target in ${what} has no inverse here`);
  const inverted = (g: GraphBuilder, { score }: ModelOutputs): ModelOutputs => ({
    score: inverse(g, Table.ofMatrix(score!, targets)).matrix(g),
  });
  return {
    inputs: model.inputs,
    task: 'regression',
    targets,
    needs: needsOfModel(model),
    ...(names && { names }),
    ...checkWithTarget(model, target),
    apply: (g, x) => inverted(g, model.apply(g, x)),
    applyToTable: (g, table) => inverted(g, applyToTable(g, model, table)),
  };
}

function checkedTargets(model: TableModel, target: Transformer, what: string): number {
  if (model.task !== 'regression') unsupported(`the model in ${what} is no regressor`);
  const targets = model.targets ?? 1;
  if (target.inputs !== undefined && target.inputs !== targets) {
    unreadable(`${what}: the target's transformer has ${target.inputs} columns, the prediction ${targets}`);
  }
  return targets;
}

function checkWithTarget(inner: TableModel, { onRows: target }: Transformer): Pick<TableModel, 'onRows'> {
  const model = rowCheckOf(inner);
  if (!model || !target) return {};
  return {
    onRows: {
      checkRows: model.checkRows,
      evaluate: (rows, count) => {
        const { score } = model.evaluate(rows, count);
        return score ? { score: target.inverse(score) } : {};
      },
    },
  };
}
