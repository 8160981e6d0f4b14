import type { ModelOutputs } from '../../fitted-model.js';
import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { className, textOf, type PyObject } from '../../pickle/index.js';
import { unreadable, unsupported } from '../../trees/index.js';
import type { ModelConverter } from '../converter.js';
import { aboveBound, classFactsOf, inputsOf } from '../estimator/index.js';
import { matrixOf, vectorOf, type Matrix } from '../fitted-numbers.js';
import { distancesTo, metricByName, type Metric } from './distances.js';

/** The class whose centre is nearest; since 1.6 with probabilities where the metric is Euclidean. */
export const nearestCentroid: ModelConverter = (object) => {
  const facts = classFactsOf(object);
  const centers = matrixOf(object, 'centroids_');
  if (centers.rows !== facts.classes.length) unreadable('centres that do not fit the classes');
  const name = textOf(object, 'metric');
  const metric = metricByName(name) ?? unsupported(`${className(object)} with the metric ${name}`);
  const hasPriors = object.get('within_class_std_dev_') !== undefined;
  return {
    inputs: inputsOf(object, centers.columns),
    ...facts,
    apply: hasPriors ? byPriors(object, centers, metric) : byDistance(centers, metric),
  };
};

type Apply = (g: GraphBuilder, x: Value) => ModelOutputs;

function byDistance(centers: Matrix, metric: Metric): Apply {
  return (g, x) => ({ label: g.argMin(distancesTo(g, x, centers, metric)) });
}

function byPriors(object: PyObject, centers: Matrix, metric: Metric): Apply {
  const discriminant = discriminantOf(object, centers, metric);
  const nearest = hasEqualPriors(object, centers.rows) ? byDistance(centers, metric) : undefined;
  const isEuclidean = textOf(object, 'metric') === 'euclidean';
  return (g, x) => {
    const scores = discriminant(g, x);
    const outputs = isEuclidean ? outputsOf(g, scores, centers.rows) : { label: g.argMax(scores) };
    return { ...outputs, ...nearest?.(g, x) };
  };
}

/** With equal priors the label is that of the nearest centre, though columns weigh otherwise in the probabilities. */
function hasEqualPriors(object: PyObject, classes: number): boolean {
  const isClose = (prior: number) => Math.abs(prior - 1 / classes) <= 1e-8 + 1e-5 / classes;
  return vectorOf(object, 'class_prior_', classes).every(isClose);
}

function discriminantOf(object: PyObject, centers: Matrix, metric: Metric): (g: GraphBuilder, x: Value) => Value {
  const deviations = vectorOf(object, 'within_class_std_dev_', centers.columns).map((value) => value || 1);
  const scaled = { ...centers, data: centers.data.map((value, i) => value / deviations[i % centers.columns]) };
  const offsets = vectorOf(object, 'class_prior_', centers.rows).map((prior) => 2 * Math.log(prior));
  return (g, x) => {
    const distances = distancesTo(g, g.div(x, deviations), scaled, metric);
    return g.add(g.neg(g.mul(distances, distances)), offsets);
  };
}

function outputsOf(g: GraphBuilder, scores: Value, classes: number): ModelOutputs {
  const probabilities = g.softmax(scores);
  if (classes > 2) return { decision: scores, probabilities, label: g.argMax(scores) };
  const decision = g.sub(g.gather(scores, [1]), g.gather(scores, [0]));
  return { decision, probabilities, label: aboveBound(g, decision) };
}
