import type { PyObject } from '../../pickle/index.js';
import { unreadable } from '../../trees/index.js';
import type { TableModel } from '../converter.js';
import { matrixOf, vectorOf, type Matrix } from '../fitted-numbers.js';
import { likelihoodClassifier } from './likelihood-classifier.js';

/** Independent normal distributions, one a class and feature. */
export function convertGaussianNaiveBayes(object: PyObject): TableModel {
  const means = matrixOf(object, 'theta_');
  // Called sigma_ until 0.24.
  const variances = matrixOf(object, object.get('var_') === undefined ? 'sigma_' : 'var_');
  const { rows, columns } = means;
  const isFit = variances.rows === rows && variances.columns === columns && variances.data.every((value) => value > 0);
  if (!isFit) unreadable('the means and variances of a GaussianNB do not fit each other');
  const offsets = offsetsOf(vectorOf(object, 'class_prior_', rows), variances);
  const dims = [1, rows, columns];
  return likelihoodClassifier(object, means, (g, x) => {
    // (x - mean)² is not expanded: the large squares would cancel.
    const deviation = g.sub(g.unsqueeze(x, 1), g.doubles(means.data, dims));
    const scaled = g.div(g.mul(deviation, deviation), g.doubles(variances.data, dims));
    return g.sub(offsets, g.mul(g.reduceSum(scaled, { axes: [2], keepDims: false }), 0.5));
  });
}

function offsetsOf(priors: Float64Array, { columns, data }: Matrix): Float64Array {
  return priors.map((prior, i) => {
    const ofClass = data.subarray(i * columns, (i + 1) * columns);
    return Math.log(prior) - 0.5 * ofClass.reduce((sum, variance) => sum + Math.log(2 * Math.PI * variance), 0);
  });
}
