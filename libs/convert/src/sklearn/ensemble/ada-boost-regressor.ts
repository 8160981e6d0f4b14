import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { numbersOf } from '../../pickle/index.js';
import { unreadable } from '../../trees/index.js';
import type { ModelConverter } from '../converter.js';
import { combinedModel, modelsOf, scoreOf } from '../estimator/index.js';

/** The weighted median of what regressors predict. */
export const adaBoostRegressor: ModelConverter = (object, context) => {
  const models = modelsOf(object, 'estimators_', context);
  const weights = numbersOf(object, 'estimator_weights_').slice(0, models.length);
  if (weights.length !== models.length || !weights.every(Number.isFinite)) unreadable('weights of AdaBoostRegressor');
  return combinedModel(object, models, {
    task: 'regression',
    targets: 1,
    outputs: (g, table) => {
      const predictions = g.concat(models.map((model) => scoreOf(g, model, table)));
      return { score: weightedMedian(g, predictions, weights) };
    },
  });
};

/** Of each row the smallest value at which half of the weight is reached, [N, 1]. */
function weightedMedian(g: GraphBuilder, values: Value, weights: Float64Array): Value {
  const sorted = g.topK(values, weights.length, { largest: false });
  const cumulated = g.op('CumSum', [g.gather(g.doubles(weights), sorted.indices, 0), g.int64s([1], [])]);
  const half = g.mul(g.gather(cumulated, [weights.length - 1]), 0.5);
  const isReached = g.cast(g.greaterOrEqual(cumulated, half), 'double');
  const place = g.argMax(isReached, { keepDims: true });
  return g.op('GatherElements', [sorted.values, place], { axis: 1 });
}
