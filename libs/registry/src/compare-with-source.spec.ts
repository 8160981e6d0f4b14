import type { SelfCheck } from '@app/convert';
import { compareWithSource } from './compare-with-source.js';

const check = (expected: number[], outputsPerRow = 1): SelfCheck => ({
  rows: { count: expected.length / outputsPerRow, width: 1, numbers: new Float64Array(1), texts: [] },
  expected: Float64Array.from(expected),
  outputsPerRow,
  relativeTolerance: 1e-9,
});

describe('compareWithSource', () => {
  it('accepts the numbers of the source model', () => {
    expect(() => compareWithSource([{ score: 1 }, { score: 2e9 }], check([1, 2e9 + 1]))).not.toThrow();
  });

  it('refuses another number, by name', () => {
    expect(() => compareWithSource([{ score: 1.000001 }], check([1]))).toThrow('1.000001 in place of 1');
    expect(() => compareWithSource([{ score: NaN }], check([1]))).toThrow('in place of 1');
  });

  it("compares probabilities in the order of the model's classes, whatever their names", () => {
    const probabilities = Object.fromEntries([
      ['10', 0.7],
      ['2', 0.3],
    ]);
    const predictions = [{ score: 0.3, probabilities }];
    expect(() => compareWithSource(predictions, check([0.7, 0.3], 2), ['10', '2'])).not.toThrow();
    expect(() => compareWithSource(predictions, check([0.3, 0.7], 2), ['10', '2'])).toThrow('in place of');
  });

  it('refuses another number of outputs', () => {
    expect(() => compareWithSource([{ score: [1, 2] }], check([1]))).toThrow('2 numbers a row in place of 1');
  });
});
