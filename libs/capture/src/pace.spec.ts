import { setTimeout as sleep } from 'node:timers/promises';
import { Pace } from './pace.js';

describe('Pace', () => {
  let pace: Pace;
  beforeEach(() => (pace = new Pace()));

  const work = async (ms: number): Promise<void> => {
    // A turn of the loop before and after: what it did is counted when it ends.
    await sleep(1);
    for (const end = performance.now() + ms; performance.now() < end;);
    await sleep(1);
  };

  it('gives way while the thread of the requests is busy, and no longer', async () => {
    await work(100);
    expect(pace.givesWay(0, false)).toBe(true);
    await sleep(100);
    expect(pace.givesWay(0, false)).toBe(false);
  });

  it.each([
    ['captures are late', 5_000, false],
    ['somebody waits for them', 0, true],
  ])('does not give way when %s', async (_, oldestMs, isAwaited) => {
    await work(100);
    expect(pace.givesWay(oldestMs, isAwaited)).toBe(false);
  });
});
