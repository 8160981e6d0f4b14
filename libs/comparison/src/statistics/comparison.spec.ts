import { ComparisonInProgress } from './comparison.js';

const BASELINE = [10.5, 12.25, 9.75, 14.0, 11.5, 8.25, 13.125, 10.0];
const CANDIDATE = [10.75, 12.0, 9.75, 15.5, 11.0, 8.5, 13.5, 9.0];

function compare(baseline: readonly number[], candidate: readonly number[]) {
  const comparison = new ComparisonInProgress();
  for (const [i, score] of baseline.entries())
    comparison.add({ id: `id ${i}`, baseline: { score }, candidate: { score: candidate[i]! } });
  return comparison.result.comparison!;
}

describe('a comparison', () => {
  // The numbers are those of NumPy 2: mean, std(ddof=1), corrcoef.
  it('has the means, spreads, differences and the correlation that NumPy finds', () => {
    const compared = compare(BASELINE, CANDIDATE);
    expect(compared.n).toBe(8);
    expect(compared.baseline).toEqual({ mean: 11.171875, standardDeviation: expect.closeTo(1.9073840303635015, 12), min: 8.25, max: 14 }); // prettier-ignore
    expect(compared.candidate.mean).toBe(11.25);
    expect(compared.candidate.standardDeviation).toBeCloseTo(2.356601669474803, 12);
    expect(compared.meanDifference).toBe(0.078125);
    expect(compared.meanAbsoluteDifference).toBe(0.515625);
    expect(compared.differentShare).toBe(7 / 8);
    expect(compared.correlation).toBeCloseTo(0.9623907398038668, 12);
  });

  it('keeps its digits where the scores are large beside their spread', () => {
    const raised = (scores: readonly number[]) => scores.map((score) => score + 1e9);
    const compared = compare(raised(BASELINE), raised(CANDIDATE));
    expect(compared.baseline.standardDeviation).toBeCloseTo(1.9073840303635015, 7);
    expect(compared.correlation).toBeCloseTo(0.9623907398038668, 7);
  });

  it('names the request that the two disagree most about', () => {
    const largest = { request: 'id 3', baseline: 14, candidate: 15.5, difference: 1.5 };
    expect(compare(BASELINE, CANDIDATE).largestDifference).toEqual(largest);
  });

  it('takes what differs in the last digits only for equal', () => {
    expect(compare([0.1 + 0.2, 1], [0.3, 1 + 1e-6]).differentShare).toBe(0.5);
  });

  it('has no correlation where one side is always the same', () => {
    expect(compare([1, 1, 1], [1, 2, 3])).not.toHaveProperty('correlation');
  });

  it('counts different labels among the pairs that have labels', () => {
    const comparison = new ComparisonInProgress();
    const labels = [['late', 'late'], ['late', 'punctual'], [undefined, 'late'], ['punctual', 'punctual']] as const; // prettier-ignore
    for (const [one, other] of labels)
      comparison.add({
        id: 'x',
        baseline: { score: 0.5, ...(one && { label: one }) },
        candidate: { score: 0.5, label: other },
      });
    expect(comparison.result.comparison).toMatchObject({ n: 4, labels: { n: 3, differentShare: 1 / 3 } });
  });

  it('counts what it cannot compare, and has no numbers where it can compare nothing', () => {
    const comparison = new ComparisonInProgress();
    comparison.add({ id: 'x', baseline: { score: [1, 2] }, candidate: { score: 3 } });
    comparison.skip('no record of the answer');
    expect(comparison.result).toEqual({
      skipped: [
        { reason: 'the score is a list', count: 1 },
        { reason: 'no record of the answer', count: 1 },
      ],
    });
  });
});
