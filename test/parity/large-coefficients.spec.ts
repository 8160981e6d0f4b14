// A target of 1e12 (a turnover) has coefficients as large as those that only cancel each other.
import { convertEstimator } from '../../libs/convert/src/sklearn/index.js';
import { linearRegression } from '../../libs/convert/src/sklearn/hand-made-estimator.js';
import { encodeRows } from './pickles/encode-rows.js';
import { score } from './pickles/score.js';

async function scores(coefficients: readonly number[], intercept: number, rows: readonly (readonly number[])[]) {
  const converted = convertEstimator(linearRegression(coefficients, { intercept_: intercept }));
  return Array.from((await score(converted, encodeRows(converted, { columns: null, rows }))).score ?? []);
}

describe('a linear regression with coefficients beyond 1e10', () => {
  it('answers rows whose terms add up', async () => {
    const rows = [
      [0.5, 2, 1],
      [0, 0, 0],
      [-3, 0.25, 8],
    ];
    const got = await scores([3e11, -2e12, 40], 5e11, rows);
    const sums = rows.map(([a, b, c]) => 3e11 * a - 2e12 * b + 40 * c + 5e11);
    got.forEach((value, i) => expect(value / sums[i]).toBeCloseTo(1, 12));
  });

  it('has no answer for rows whose terms cancel each other', async () => {
    const rows = [
      [2, 1, 7],
      [2, 2, 7],
    ];
    expect(await scores([1e12, -2.5e12, 3], 5e11, rows)).toEqual([NaN, -2.5e12 + 21]);
  });

  it('is refused where its columns add up to 1', () => {
    expect(() => convertEstimator(linearRegression([1e12 + 2, 1e12 - 3], { intercept_: -1e12 }))).toThrow('so large');
  });
});
