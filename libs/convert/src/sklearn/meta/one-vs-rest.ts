import type { ModelOutputs } from '../../fitted-model.js';
import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { className, objectOf, optionalTextOf } from '../../pickle/index.js';
import { unreadable, unsupported } from '../../trees/index.js';
import { applyToTable } from '../apply-to-table.js';
import type { ModelConverter, TableModel } from '../converter.js';
import { aboveBound, bothClasses, classesOf, combinedModel, factsOf, modelsOf, objectsOf } from '../estimator/index.js';
import { isOlderThan } from '../library-version.js';
import type { Table } from '../table.js';
import { checkResponses, responseOf } from './response-values.js';

/** One classifier for each class against all others; of two classes one classifier alone. */
export const oneVsRest: ModelConverter = (object, context) => {
  const binarizer = objectOf(object, 'label_binarizer_');
  const isMultilabel = (optionalTextOf(binarizer, 'y_type_') ?? '').startsWith('multilabel');
  if (isMultilabel) unsupported(`${className(object)} with several labels a row`);
  const facts = factsOf(classesOf(binarizer));
  objectsOf(object, 'estimators_').forEach((part) => checkResponses(object, part));
  const models = modelsOf(object, 'estimators_', context);
  if (models.length !== (facts.classes.length === 2 ? 1 : facts.classes.length))
    unreadable('one-vs-rest of other classes');
  if (models.some(({ classes }) => classes?.length !== 2)) unsupported('one-vs-rest of anything but classifiers');
  const rules: Rules = { isLastOfEqual: isOlderThan(object, '1.8'), dividesByZero: isOlderThan(object, '1.7') };
  return combinedModel(object, models, {
    ...facts,
    outputs: (g, table) => (models.length === 1 ? ofTwo(g, models[0], table) : ofAll(g, models, table, rules)),
  });
};

function ofTwo(g: GraphBuilder, model: TableModel, table: Table): ModelOutputs {
  const outputs = applyToTable(g, model, table);
  const { values, isDecision } = responseOf(g, outputs, 2);
  const { probabilities } = outputs;
  return {
    ...(isDecision && { decision: values }),
    ...(probabilities && { probabilities: bothClasses(g, g.gather(probabilities, [1])) }),
    label: aboveBound(g, values, isDecision ? 0 : 0.5),
  };
}

/** What differs between releases. */
interface Rules {
  /** Until 1.7 the last of equal values won; since then the first. */
  readonly isLastOfEqual: boolean;
  /** Until 1.6 there were no probabilities where all shares are 0; since then they stay 0. */
  readonly dividesByZero: boolean;
}

function ofAll(g: GraphBuilder, models: readonly TableModel[], table: Table, rules: Rules): ModelOutputs {
  const outputs = models.map((model) => applyToTable(g, model, table));
  const responses = outputs.map((each) => responseOf(g, each, 2));
  const values = g.concat(responses.map((response) => response.values));
  const probabilities = outputs.flatMap((each) => (each.probabilities ? [g.gather(each.probabilities, [1])] : []));
  return {
    ...(responses.every(({ isDecision }) => isDecision) && { decision: values }),
    ...(probabilities.length === models.length && { probabilities: shares(g, g.concat(probabilities), rules) }),
    label: largest(g, values, rules),
  };
}

function shares(g: GraphBuilder, values: Value, { dividesByZero }: Rules): Value {
  const sum = g.reduceSum(values);
  const divided = g.div(values, sum);
  return dividesByZero ? divided : g.where(g.equal(sum, 0), values, divided);
}

function largest(g: GraphBuilder, values: Value, { isLastOfEqual }: Rules): Value {
  return g.op('ArgMax', [values], { axis: 1, keepdims: 0, select_last_index: Number(isLastOfEqual) });
}
