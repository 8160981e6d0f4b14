import { CaptureIds, firstIdOf } from './capture-ids.js';

const NOON = Date.UTC(2026, 10, 23, 12);

describe('CaptureIds', () => {
  it('makes ids whose order is the order in which they were made', () => {
    const ids = new CaptureIds();
    const made = Array.from({ length: 5000 }, () => ids.next().at(0));
    expect(made.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(made);
    expect(new Set(made).size).toBe(made.length);
  });

  it('keeps that order, and its time, when the clock jumps back', () => {
    const times = [NOON, NOON - 3_600_000, NOON + 5];
    const ids = new CaptureIds(() => times.shift()!);
    const [first, second, third] = [ids.next(), ids.next(), ids.next()];
    expect(first.at(0) < second.at(0)).toBe(true);
    expect(second.at(0) < third.at(0)).toBe(true);
    expect([second.timeMs, third.timeMs]).toEqual([NOON, NOON + 5]);
  });

  it('bounds a time: an id of that millisecond is not less, one of the millisecond before is', () => {
    const at = (ms: number): string => new CaptureIds(() => ms).next().at(0);
    const bound = firstIdOf(NOON).toHexString();
    expect([at(NOON - 1) < bound, at(NOON) >= bound]).toEqual([true, true]);
  });

  it.each([-1, Number.MAX_SAFE_INTEGER])('takes a bound that no capture can have: %d', (ms) => {
    expect(firstIdOf(ms).toHexString()).toHaveLength(24);
  });
});
