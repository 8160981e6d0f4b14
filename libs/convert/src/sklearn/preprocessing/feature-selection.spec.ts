import { doubles, estimator } from '../hand-made-estimator.js';
import * as selection from './feature-selection.js';

const select = (attributes: Parameters<typeof estimator>[1]) => estimator('sklearn.Select', attributes);

describe('selecting columns', () => {
  it('keeps the later of two equal scores, and counts NaN as the worst', () => {
    const object = select({ scores_: doubles([2, NaN, 2, 1]), k: 1 });
    expect(selection.kBest(object)).toEqual([false, false, true, false]);
  });

  it('keeps a share of the columns, of equal ones at the border the first', () => {
    const object = select({ scores_: doubles([1, 1, 1, 3]), percentile: 50 });
    expect(selection.percentile(object)).toEqual([true, false, false, true]);
  });

  it('keeps p-values below the line of Benjamini and Hochberg', () => {
    const object = select({ pvalues_: doubles([0.01, 0.04, 0.03, 0.9]), alpha: 0.08 });
    expect(selection.falseDiscoveryRate(object)).toEqual([true, true, true, false]);
  });
});
