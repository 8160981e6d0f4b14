import { PairHistograms } from './pair-histograms.js';

function histogramsOf(pairs: readonly (readonly [number, number])[]) {
  const histograms = new PairHistograms();
  for (const [baseline, candidate] of pairs) histograms.add(baseline, candidate);
  return histograms.result;
}

const pairs = Array.from({ length: 1000 }, (_, i): [number, number] => [
  ((i * 7919) % 1000) / 10,
  ((i * 104_729) % 997) / 9,
]);

describe('histograms of pairs', () => {
  // Counted by numpy.histogram over the same edges.
  it('count both sides over the same edges as NumPy does', () => {
    const { edges, baseline, candidate } = histogramsOf(pairs);
    expect([edges.length, edges[0], edges.at(-1)]).toEqual([21, 4 / 9, 986 / 9]);
    expect(baseline.counts).toEqual([54, 55, 55, 54, 55, 54, 55, 54, 55, 54, 55, 55, 54, 55, 54, 55, 54, 55, 13, 0]);
    expect(candidate.counts).toEqual([51, 50, 49, 49, 49, 49, 49, 49, 49, 49, 50, 49, 49, 49, 49, 49, 49, 49, 49, 50]);
    expect([baseline.below, baseline.above, candidate.below, candidate.above]).toEqual([5, 0, 5, 10]);
  });

  it('count what comes after the edges are fixed, also beyond them', () => {
    const { baseline, candidate } = histogramsOf([...pairs, [-1e9, 1e9], [50, 50]]);
    expect(baseline.below).toBe(6);
    expect(candidate.above).toBe(11);
    expect(baseline.counts.reduce((sum, count) => sum + count)).toBe(996);
  });

  it('have one bin where all scores are the same', () => {
    expect(histogramsOf([[3, 3], [3, 3]])).toEqual({ edges: [3, 3], baseline: { counts: [2], below: 0, above: 0 }, candidate: { counts: [2], below: 0, above: 0 } }); // prettier-ignore
  });
});
