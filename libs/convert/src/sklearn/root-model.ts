import { className, optionalAttribute, PyObject, type PyValue } from '../pickle/index.js';
import { unreadable } from '../trees/index.js';
import { needsOfTransformer } from './column-needs.js';
import { stepsOf } from './compose/named-steps.js';
import { isPassthrough } from './compose/passthrough.js';
import type { ConversionContext, TableModel, Transformer } from './converter.js';
import { MODELS, TRANSFORMERS } from './registry.js';
import { Table } from './table.js';

const MAX_NESTING = 60;

/** Converts the object that was uploaded: a model, or a transformer whose output becomes the score. */
export function rootModel(root: PyObject, context: ConversionContext): TableModel {
  const name = className(deciding(root));
  const isTransformer = TRANSFORMERS.has(name) && !MODELS.has(name);
  return isTransformer ? transformerModel(context.transformer(root)) : context.model(root);
}

/** The estimator that says what the whole does: the last of a pipeline, the best of a search. */
function deciding(root: PyObject): PyValue {
  let inner: PyValue = root;
  for (let depth = 0; depth < MAX_NESTING && inner instanceof PyObject; depth++) {
    const next: PyValue | undefined = last(inner);
    if (next === undefined) return inner;
    inner = next;
  }
  return inner;
}

function last(object: PyObject): PyValue | undefined {
  if (object.type.name !== 'Pipeline') return optionalAttribute(object, 'best_estimator_');
  const steps = stepsOf(object);
  return steps.findLast((step) => !isPassthrough(step));
}

function transformerModel(transformer: Transformer): TableModel {
  const { inputs } = transformer;
  if (inputs === undefined) return unreadable('the file does not say how many columns its transformer takes');
  const transform: NonNullable<TableModel['applyToTable']> = (g, table) => ({
    score: transformer.transform(g, table).matrix(g),
  });
  return {
    inputs,
    task: 'transform',
    // A missing value that comes through is missing in the output.
    needs: needsOfTransformer(transformer, inputs).map((need) =>
      need.missing === 'passed' ? { ...need, missing: 'handled' } : need,
    ),
    apply: (g, x) => transform(g, Table.ofMatrix(x, inputs)),
    applyToTable: transform,
  };
}
