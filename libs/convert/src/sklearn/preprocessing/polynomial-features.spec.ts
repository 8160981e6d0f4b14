import type { PyValue } from '../../pickle/index.js';
import { PyTuple } from '../../pickle/index.js';
import { estimator } from '../hand-made-estimator.js';
import { convertPolynomialFeatures } from './polynomial-features.js';

function outputsOf(degree: PyValue, features = 3): number | undefined {
  const attributes = { degree, n_features_in_: features, include_bias: true, interaction_only: false };
  const object = estimator('sklearn.preprocessing._polynomial.PolynomialFeatures', attributes);
  return convertPolynomialFeatures(object).outputs;
}

describe('PolynomialFeatures', () => {
  it('counts the products of each degree', () => {
    expect(outputsOf(2)).toBe(1 + 3 + 6);
  });

  it('may leave low degrees out, but not the column of ones', () => {
    expect(outputsOf(new PyTuple([2, 2]))).toBe(1 + 6);
  });

  it('refuses more products than any table needs, before it makes them', () => {
    expect(() => outputsOf(1_000_000_000)).toThrow('PolynomialFeatures');
    expect(() => outputsOf(2, 19_999)).toThrow('more than 20000 columns');
    expect(() => outputsOf(1_000_000_000, 1)).toThrow('factors');
  });
});
