import { ShadowQueue } from './shadow.queue.js';

const queueOf = (mostRows: number): ShadowQueue<{ count: number; bytes: number }> =>
  new ShadowQueue({ mostRows, rowsAtOnce: () => 1, isBusy: () => true, score: () => Promise.resolve() });

describe('what waits for a shadow', () => {
  it('is so many rows at most', () => {
    const queue = queueOf(3);
    expect([2, 2, 1].map((count) => queue.add({ count, bytes: 8 }))).toEqual([true, false, true]);
    expect(queue.rows).toBe(3);
  });

  it('is so much memory at most, however few rows it is', () => {
    const queue = queueOf(1000);
    const megabytes = Array.from({ length: 100 }, () => queue.add({ count: 1, bytes: 2 ** 20 }));
    expect(megabytes.filter((isTaken) => isTaken)).toHaveLength(64);
    queue.clear();
    expect(queue.add({ count: 1, bytes: 2 ** 20 })).toBe(true);
    queue.clear();
  });
});
