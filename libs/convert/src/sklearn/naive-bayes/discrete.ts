import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { optionalNumberOf, type PyObject } from '../../pickle/index.js';
import type { TableModel } from '../converter.js';
import { matrixOf, vectorOf } from '../fitted-numbers.js';
import { linear, project } from '../linear/linear-terms.js';
import { likelihoodClassifier } from './likelihood-classifier.js';

/** Counts of features: log probabilities add up. */
export function convertMultinomialNaiveBayes(object: PyObject): TableModel {
  const coefficients = matrixOf(object, 'feature_log_prob_');
  const intercepts = vectorOf(object, 'class_log_prior_', coefficients.rows);
  return likelihoodClassifier(object, coefficients, (g, x) => linear(g, x, { coefficients, intercepts }));
}

/** Weights of the complement of each class; the priors count for one class only, which is no choice. */
export function convertComplementNaiveBayes(object: PyObject): TableModel {
  const weights = matrixOf(object, 'feature_log_prob_');
  return likelihoodClassifier(object, weights, (g, x) => project(g, x, weights));
}

/** Features that are there or not. */
export function convertBernoulliNaiveBayes(object: PyObject): TableModel {
  const present = matrixOf(object, 'feature_log_prob_');
  const priors = vectorOf(object, 'class_log_prior_', present.rows);
  const absent = present.data.map((log) => Math.log(1 - Math.exp(log)));
  const coefficients = { ...present, data: present.data.map((log, i) => log - absent[i]) };
  const intercepts = priors.map((prior, i) => prior + sumOfRow(absent, i, present.columns));
  return likelihoodClassifier(object, present, (g, x) =>
    linear(g, binarized(g, x, object), { coefficients, intercepts }),
  );
}

function binarized(g: GraphBuilder, x: Value, object: PyObject): Value {
  const threshold = optionalNumberOf(object, 'binarize');
  return threshold === undefined ? x : g.cast(g.greater(x, threshold), 'double');
}

function sumOfRow(data: Float64Array, row: number, columns: number): number {
  return data.subarray(row * columns, (row + 1) * columns).reduce((sum, value) => sum + value, 0);
}
