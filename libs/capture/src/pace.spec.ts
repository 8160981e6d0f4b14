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

  it('rests while the thread of the requests is busy, and no longer', async () => {
    await work(100);
    expect(pace.restsPerWork(NOTHING)).toBe(3);
    await sleep(100);
    expect(pace.restsPerWork(NOTHING)).toBe(0);
  });

  it('rests less the longer a capture has waited', async () => {
    await work(100);
    expect(pace.restsPerWork({ ...NOTHING, oldestMs: 2_500 })).toBe(1.5);
  });

  it.each([
    ['captures are late', { oldestMs: 5_000 }],
    ['the journal is half full', { fill: 0.5 }],
    ['somebody waits for them', { isAwaited: true }],
  ])('does not rest when %s', async (_, waiting) => {
    await work(100);
    expect(pace.restsPerWork({ ...NOTHING, ...waiting })).toBe(0);
  });
});
