import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { numbersOf, optionalTextOf, type PyObject } from '../../pickle/index.js';
import { unsupported } from '../../trees/index.js';
import { applyToTable } from '../apply-to-table.js';
import type { ModelConverter, TableModel } from '../converter.js';
import {
  aboveBound,
  classFactsOf,
  combinedModel,
  labelOf,
  modelsOf,
  oneHot,
  placesOfClasses,
} from '../estimator/index.js';
import { isOlderThan } from '../library-version.js';
import type { Table } from '../table.js';

const DOUBLE_EPSILON = 2 ** -52;

/** What a classifier adds to the decision values [N, classes], and what `decision` of all is divided by. */
type VoteOf = (g: GraphBuilder, table: Table, part: number) => Value;

/** SAMME (labels vote) and SAMME.R (logarithms of probabilities vote). */
export const adaBoostClassifier: ModelConverter = (object, context) => {
  const models = modelsOf(object, 'estimators_', context);
  const facts = classFactsOf(object);
  const count = facts.classes.length;
  const weights = numbersOf(object, 'estimator_weights_');
  const total = weights.reduce((a, b) => a + b, 0);
  const places = models.map((model) => placesOfClasses(model, facts.classes));
  const voteOf = isReal(object) ? realVote(models, places, count) : labelVote(object, models, { places, weights });
  return combinedModel(object, models, {
    ...facts,
    outputs: (g, table) => {
      const votes = models.map((_, part) => voteOf(g, table, part)).reduce((sum, vote) => g.add(sum, vote));
      const decision = g.div(votes, total);
      return count === 2 ? ofTwoClasses(g, decision) : ofClasses(g, decision, count);
    },
  });
};

/** `algorithm` is gone since 1.8: what is left is SAMME. */
function isReal(object: PyObject): boolean {
  const algorithm = optionalTextOf(object, 'algorithm') ?? 'SAMME';
  if (['SAMME', 'deprecated'].includes(algorithm)) return false;
  return algorithm === 'SAMME.R' || unsupported(`AdaBoostClassifier with the algorithm ${algorithm}`);
}

function realVote(models: readonly TableModel[], places: readonly (readonly number[])[], count: number): VoteOf {
  return (g, table, part) => {
    const { probabilities } = applyToTable(g, models[part], table);
    if (!probabilities || !isIdentity(places[part], count)) return unsupported('SAMME.R without all probabilities');
    const logarithms = g.log(g.max(probabilities, DOUBLE_EPSILON));
    const mean = g.mul(g.reduceSum(logarithms), 1 / count);
    return g.mul(g.sub(logarithms, mean), count - 1);
  };
}

/** Until 1.2 a vote counted for its class only; since then also against the others. */
function labelVote(
  object: PyObject,
  models: readonly TableModel[],
  { places, weights }: { readonly places: readonly (readonly number[])[]; readonly weights: Float64Array },
): VoteOf {
  const count = classFactsOf(object).classes.length;
  const against = (weight: number) => (isOlderThan(object, '1.3') ? 0 : (-1 / (count - 1)) * weight);
  return (g, table, part) => {
    const isVote = oneHot(g, labelOf(applyToTable(g, models[part], table)), count, places[part]);
    return g.where(g.greater(isVote, 0), weights[part], against(weights[part]));
  };
}

function ofTwoClasses(g: GraphBuilder, votes: Value) {
  const decision = g.sub(g.gather(votes, [1]), g.gather(votes, [0]));
  const probabilities = g.softmax(g.div(g.concat([g.neg(decision), decision]), 2));
  return { decision, probabilities, label: aboveBound(g, decision) };
}

function ofClasses(g: GraphBuilder, decision: Value, count: number) {
  return { decision, probabilities: g.softmax(g.div(decision, count - 1)), label: g.argMax(decision) };
}

function isIdentity(places: readonly number[], count: number): boolean {
  return places.length === count && places.every((place, i) => place === i);
}
