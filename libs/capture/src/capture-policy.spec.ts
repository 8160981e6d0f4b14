import { MISSING_TEXT } from '@app/core';
import { CapturePolicy } from './capture-policy.js';
import type { CapturedRows } from './captured-rows.js';

const captured: CapturedRows = {
  columns: [
    { name: 'age', type: 'integer' },
    { name: 'town', type: 'string' },
    { name: 'income', type: 'double' },
  ],
  rows: {
    count: 2,
    width: 3,
    numbers: Float64Array.of(30, NaN, 10.5, NaN, NaN, 7),
    texts: ['', 'Oslo', '', '', MISSING_TEXT, ''],
  },
  predictions: [{ score: 1 }, { score: 2 }],
  model: 'credit',
  version: 1,
  role: 'active',
  warnings: new Map([[0, ['age: 30 is outside the range', 'income: 10.5 is outside the range']]]),
};

const policy = (omit: string[], hash: string[], hashKey = 'secret') =>
  new CapturePolicy({ share: 1, omit, hash, hashKey });

describe('CapturePolicy', () => {
  it('keeps everything where nothing is private', () => {
    expect(policy([], []).apply(captured)).toBe(captured);
  });

  it('leaves a feature out, and the warnings that quote its value', () => {
    const { columns, rows, warnings } = policy(['age'], []).apply(captured);
    expect(columns.map(({ name }) => name)).toEqual(['town', 'income']);
    expect([...rows.numbers]).toEqual([NaN, 10.5, NaN, 7]);
    expect(rows.texts).toEqual(['Oslo', '', MISSING_TEXT, '']);
    expect(warnings.get(0)).toEqual(['income: 10.5 is outside the range']);
  });

  it('keeps a keyed hash in place of a value: equal values are equal, a missing one stays missing, another key gives another hash', () => {
    const { columns, rows } = policy([], ['age', 'town']).apply(captured);
    expect(columns.map(({ type }) => type)).toEqual(['string', 'string', 'double']);
    expect(rows.texts[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(rows.texts[1]).toMatch(/^[0-9a-f]{32}$/);
    expect([rows.texts[3], rows.texts[4]]).toEqual([MISSING_TEXT, MISSING_TEXT]);
    expect(policy([], ['age', 'town']).apply(captured).rows.texts).toEqual(rows.texts);
    expect(policy([], ['age', 'town'], 'other').apply(captured).rows.texts[1]).not.toBe(rows.texts[1]);
  });
});
