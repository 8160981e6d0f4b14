import type { Label, Prediction, Signature } from '@app/core';
import { outputsOf } from './output-tensors.js';

const kept = (classes: readonly Label[], predictions: readonly Prediction[]) => ({
  predictions,
  signature: { task: 'multiclass', classes, features: [] } as unknown as Signature,
  model: 'm',
  version: 1,
  warnings: new Map(),
  ids: undefined,
});

describe('outputs as tensors', () => {
  // An object lists keys like 1 before keys like -1, and 9 before 10, whatever came first.
  it.each<[string, readonly Label[]]>([
    ['numbers of which one is negative', [-1, 1]],
    ['numbers in no order', [10, 9]],
    ['texts that look like numbers', ['10', '9']],
    ['texts', ['late', 'early']],
    ['truths', [false, true]],
  ])('have the columns of probabilities in the order of the classes: %s', (_, classes) => {
    const row = (values: readonly number[]): Prediction => ({
      score: values[1]!,
      label: classes[0]!,
      probabilities: Object.fromEntries(classes.map((name, index) => [String(name), values[index]!])),
    });
    const rows = [row([0.75, 0.25]), row([0.5, 0.5])];
    expect(outputsOf(kept(classes, rows), ['probabilities'])).toEqual([
      { name: 'probabilities', datatype: 'FP64', shape: [2, 2], data: [0.75, 0.25, 0.5, 0.5] },
    ]);
  });

  it('have one column for a decision between two classes', () => {
    const rows: Prediction[] = [{ score: 2, label: 1, decision: { 1: 2 } }];
    expect(outputsOf(kept([-1, 1], rows), ['decision'])).toMatchObject([{ shape: [1, 1], data: [2] }]);
  });

  it('have several targets, and null for what is missing, row by row', () => {
    const rows: Prediction[] = [{ score: [1, null] }, { score: [3, 4] }];
    expect(outputsOf(kept([], rows), ['score'])).toMatchObject([{ shape: [2, 2], data: [1, null, 3, 4] }]);
  });
});
