import { CostEstimate } from './cost.js';

const measured = { createMs: 1, runMs: 0.05, rowMs: 1 };

describe('CostEstimate', () => {
  it('expects at least a run, and for many rows what each of them takes', () => {
    const cost = new CostEstimate({ ...measured, rowMs: 0.01 });
    expect([cost.msFor(1), cost.msFor(1000), cost.rowsWithin(2)]).toEqual([0.05, 10, 200]);
  });

  it('cuts at least one row', () => {
    expect(new CostEstimate(measured).rowsWithin(0.1)).toBe(1);
  });

  it('soon forgets a measure that was much too high', () => {
    const cost = new CostEstimate(measured);
    for (let i = 0; i < 3; i++) cost.learn(100, 1);
    expect(cost.msFor(1000)).toBeLessThanOrEqual(40);
  });

  it('takes a busy machine for slow rows only within limits', () => {
    const cost = new CostEstimate({ ...measured, rowMs: 0.01 });
    for (let i = 0; i < 50; i++) cost.learn(1, 500);
    expect(cost.msFor(1000)).toBe(40);
  });
});
