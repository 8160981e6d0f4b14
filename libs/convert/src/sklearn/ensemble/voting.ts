import type { Value } from '../../onnx-writer/index.js';
import { className, listOf, PyTuple, textOf, type PyObject } from '../../pickle/index.js';
import { unreadable, unsupported } from '../../trees/index.js';
import { applyToTable } from '../apply-to-table.js';
import type { ModelConverter, TableModel } from '../converter.js';
import {
  classFactsOf,
  combinedModel,
  labelOf,
  modelsOf,
  oneHot,
  placesOfNumbers,
  scoreOf,
  spread,
} from '../estimator/index.js';
import type { GraphBuilder } from '../../onnx-writer/index.js';

/** The weighted mean of what regressors predict. */
export const votingRegressor: ModelConverter = (object, context) => {
  const models = modelsOf(object, 'estimators_', context);
  const weights = weightsOf(object, models);
  return combinedModel(object, models, {
    task: 'regression',
    targets: 1,
    outputs: (g, table) => ({
      score: weightedMean(
        g,
        models.map((model) => scoreOf(g, model, table)),
        weights,
      ),
    }),
  });
};

/** The weighted mean of probabilities, or the class with most votes. */
export const votingClassifier: ModelConverter = (object, context) => {
  const models = modelsOf(object, 'estimators_', context);
  const voting = textOf(object, 'voting');
  if (voting === 'soft') return softVoting(object, models);
  return voting === 'hard' ? hardVoting(object, models) : unsupported(`${className(object)} with voting ${voting}`);
};

function softVoting(object: PyObject, models: readonly TableModel[]): TableModel {
  const facts = classFactsOf(object);
  const weights = weightsOf(object, models);
  return combinedModel(object, models, {
    ...facts,
    outputs: (g, table) => {
      const parts = models.map((model) => {
        const { probabilities } = applyToTable(g, model, table);
        if (!probabilities) return unsupported('soft voting with a classifier that gives no probabilities');
        return spread(g, probabilities, placesOfNumbers(model, facts.classes), facts.classes.length);
      });
      const probabilities = weightedMean(g, parts, weights);
      return { probabilities, label: g.argMax(probabilities) };
    },
  });
}

/** Of classes with equal votes the first; there is no score beside the label. */
function hardVoting(object: PyObject, models: readonly TableModel[]): TableModel {
  const facts = classFactsOf(object);
  const weights = weightsOf(object, models);
  return combinedModel(object, models, {
    ...facts,
    outputs: (g, table) => {
      const votes = models.map((model, i) => {
        const label = labelOf(applyToTable(g, model, table));
        const places = placesOfNumbers(model, facts.classes);
        return g.mul(oneHot(g, label, facts.classes.length, places), weights[i]);
      });
      return { label: g.argMax(votes.reduce((sum, vote) => g.add(sum, vote))) };
    },
  });
}

/** In the order of `numpy.average`: the weighted sum over the sum of weights. */
function weightedMean(g: GraphBuilder, values: readonly Value[], weights: readonly number[]): Value {
  const weighted = values.map((value, i) => g.mul(value, weights[i]));
  const sum = weighted.reduce((total, value) => g.add(total, value));
  return g.div(
    sum,
    weights.reduce((a, b) => a + b),
  );
}

/** The weights of the estimators that were not dropped. */
function weightsOf(object: PyObject, models: readonly TableModel[]): readonly number[] {
  if ((object.get('weights') ?? null) === null) return models.map(() => 1);
  const isUsed = listOf(object, 'estimators').map((pair) => !isDropped(pair));
  const all = listOf(object, 'weights');
  const weights = all.filter((_, i) => isUsed[i]);
  const fits =
    all.length === isUsed.length &&
    weights.length === models.length &&
    weights.every((weight) => Number.isFinite(weight));
  return fits ? (weights as readonly number[]) : unreadable(`the weights of ${className(object)} do not fit`);
}

function isDropped(pair: unknown): boolean {
  const estimator = pair instanceof PyTuple ? pair.items[1] : undefined;
  return estimator === 'drop' || estimator === null;
}
