import { setTimeout as sleep } from 'node:timers/promises';
import { Pace, type Waiting } from './pace.js';

const NOTHING: Waiting = { oldestMs: 0, fill: 0, isAwaited: false };

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
    expect(pace.givesWay(NOTHING)).toBe(true);
    await sleep(100);
    expect(pace.givesWay(NOTHING)).toBe(false);
  });

  it.each([
    ['captures are late', { oldestMs: 5_000 }],
    ['the journal is half full', { fill: 0.5 }],
    ['somebody waits for them', { isAwaited: true }],
  ])('does not give way when %s', async (_, waiting) => {
    await work(100);
    expect(pace.givesWay({ ...NOTHING, ...waiting })).toBe(false);
  });
});
