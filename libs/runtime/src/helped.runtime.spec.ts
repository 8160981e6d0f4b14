import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Rows, Signature } from '@app/core';
import { type OnnxModel, OnnxRuntime, ScoringThreads } from '@app/runtime';
import { HelpedRuntime } from './helped.runtime.js';
import { startWorker } from './scoring-thread.js';

const WIDTH = 4;
// Of float32: a number beyond them is refused.
const regression: OnnxModel = {
  onnx: readFileSync(new URL('../../../libs/convert/fixtures/onnx/linear-regression.onnx', import.meta.url)),
  signature: {
    task: 'regression',
    features: Array.from({ length: WIDTH }, (_, i) => ({ name: `f${i}`, type: 'double' })),
  } as unknown as Signature,
  wiring: {
    inputs: [{ name: 'X', type: 'float32', rank: 2, features: [0, 1, 2, 3] }],
    outputs: { score: 'variable', labelIsIndex: false },
  },
};
const COST = { createMs: 1, runMs: 0.01, rowMs: 0.01 };
const SLICES = 8;
const SLOWLY_MS = 100;

// No two rows alike.
function rowsOf(count: number): Rows {
  return {
    count,
    width: WIDTH,
    numbers: Float64Array.from({ length: count * WIDTH }, (_, i) => Math.sqrt(i)),
    texts: [],
  };
}

describe('rows that an idle thread helps with', () => {
  let here: OnnxRuntime;
  let threads: ScoringThreads;
  let scoredHere: number;

  beforeEach(async () => {
    here = await OnnxRuntime.load(regression);
    threads = new ScoringThreads({ budgetMs: 10, threads: 1, queueMs: 1000, canHelp: true }, startWorker);
    // It starts with its first task.
    const shared = threads.share(regression, COST);
    await threads.choose(shared).open(shared);
    scoredHere = 0;
  });

  afterEach(async () => {
    await threads.stop();
    await here.release();
  });

  /** A runtime that pauses after each slice: the other thread is there for the next ones. */
  function helped(given = threads): HelpedRuntime {
    const slowly = {
      score: (rows: Rows) => {
        scoredHere++;
        const predictions = here.score(rows);
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SLOWLY_MS);
        return predictions;
      },
    };
    return new HelpedRuntime(slowly, given.share(regression, COST), given);
  }

  it('are scored as by one thread, in their order', async () => {
    const rows = rowsOf(20_001);
    expect(await helped().predict(rows)).toEqual(here.score(rows));
    expect(scoredHere).toBeLessThan(SLICES);
  });

  it('are refused with the first row that cannot be scored, whoever came to it', async () => {
    const rows = rowsOf(20_000);
    for (const row of [17_000, 19_900]) rows.numbers[WIDTH * row] = row * 1e300;
    const problems = [{ problem: expect.stringContaining('1.7e+304') as string }];
    await expect(helped().predict(rows)).rejects.toMatchObject({ code: 'VALUE_OUT_OF_TYPE', problems });
  });

  it('are scored here where the other thread has taken some and ends', async () => {
    const takesThreeAndEnds = `
      require('node:worker_threads').parentPort.on('message', ({ taken }) => {
        if (taken && Atomics.add(taken, 0, 3) >= 0) throw new Error('out of memory');
      });`;
    const worker = new Worker(takesThreeAndEnds, { eval: true });
    await once(worker, 'online');
    const ending = new ScoringThreads(threads.limits, () => worker);
    const rows = rowsOf(20_000);
    expect(await helped(ending).predict(rows)).toEqual(here.score(rows));
    expect(scoredHere).toBe(SLICES - 3 + 1);
    await ending.stop();
  });

  it('are scored here where there is no other thread', async () => {
    const none = new ScoringThreads(threads.limits, () => {
      throw new Error('EAGAIN');
    });
    const rows = rowsOf(1000);
    expect(await helped(none).predict(rows)).toEqual(here.score(rows));
    expect(scoredHere).toBe(SLICES);
  });

  it('are scored here at once where no thread may help, or they have texts', async () => {
    const alone = new ScoringThreads({ ...threads.limits, canHelp: false });
    await helped(alone).predict(rowsOf(1000));
    expect(scoredHere).toBe(1);
    await helped().predict({ ...rowsOf(1000), texts: ['a'] });
    expect(scoredHere).toBe(2);
  });

  it('wait for no thread that has something to do', async () => {
    const shared = threads.share(regression, COST);
    const busy = threads.choose(shared).open(shared);
    expect(threads.idle(shared)).toBeUndefined();
    await busy;
    expect(threads.idle(shared)).toBeDefined();
  });
});
