import { distance } from './distance.js';

describe('the distance of two samples', () => {
  // The statistic of scipy.stats.ks_2samp.
  it.each([
    [[1, 2, 3, 4, 5], [3, 4, 5, 6, 7, 8], 0.5],
    [[1, 1, 2, 2], [1, 2, 2, 2, 3], 0.3],
    [[1, 2, 3], [3, 2, 1], 0],
    [[1, 2], [3, 4, 5], 1],
  ])('of %j and %j is %f', (ones, others, expected) => {
    expect(distance(ones, others)).toBeCloseTo(expected, 12);
    expect(distance(others, ones)).toBeCloseTo(expected, 12);
  });
});
