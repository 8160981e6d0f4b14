import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import type { Rows, Signature, Wiring } from '@app/core';
import { type Cost, loadRuntime, type ModelRuntime, type OnnxModel, OnnxRuntime, ScoringThreads } from '@app/runtime';
import { jest } from '@jest/globals';
import { startWorker } from './scoring-thread.js';

const FLIGHT = [1059, 1209, 284, 93, 1011, 5.8, 0, 0];
const ONNX = new URL('../../../test/fixtures/flight-delay.onnx', import.meta.url);
const RUNTIME = new URL('../../../dist/libs/runtime/src/index.js', import.meta.url).href;
const onnx = readFileSync(ONNX);
const card = readFileSync(new URL('../../../models/flight-delay/1/model.json', import.meta.url), 'utf8');
const signature = JSON.parse(card) as Signature;
const wiring: Wiring = {
  inputs: [{ name: 'features', type: 'float64', rank: 2, features: FLIGHT.map((_, i) => i) }],
  outputs: { score: 'score', labelIsIndex: false },
};
const model: OnnxModel = { onnx, signature, wiring };

const CHEAP: Cost = { createMs: 1, runMs: 0.01, rowMs: 0.001 };
const SLOW_TO_OPEN: Cost = { ...CHEAP, createMs: 1000 };
const LIMITS = { budgetMs: 10, threads: 1, queueMs: 10_000, canHelp: true };

// Rows that differ, so that an answer in the wrong place is another number.
function flights(count: number): Rows {
  const numbers = Float64Array.from({ length: count * 8 }, (_, i) => FLIGHT[i % 8]! * (1 + ((i * 7919) % 1000) / 1000));
  return { count, width: 8, numbers, texts: [] };
}

function firstOf(rows: Rows, count: number): Rows {
  return { ...rows, count, numbers: rows.numbers.slice(0, count * rows.width) };
}

describe('a runtime with threads', () => {
  let threads: ScoringThreads;
  let workers: Worker[];

  function start(): Worker {
    workers.push(startWorker());
    return workers.at(-1)!;
  }

  beforeEach(() => {
    workers = [];
    threads = new ScoringThreads(LIMITS, start);
  });

  afterEach(() => threads.stop());

  const inThreads = (given: OnnxModel = model): Promise<ModelRuntime> => loadRuntime(given, SLOW_TO_OPEN, threads);

  it('scores the same to the last bit in a thread, in slices, as here in one run', async () => {
    const here = await OnnxRuntime.load(model);
    const runtime = await inThreads();
    const rows = flights(25_001);
    expect(await runtime.predict(rows)).toEqual(await here.predict(rows));
    expect(await runtime.predict(firstOf(rows, 1))).toEqual(await here.predict(firstOf(rows, 1)));
    await here.release();
  });

  it('lets timers fire all the while a large batch is scored', async () => {
    const runtime = await loadRuntime(model, CHEAP, threads);
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    await runtime.predict(flights(200_000));
    clearInterval(timer);
    // In one run here there would be none.
    expect(ticks).toBeGreaterThan(10);
    await runtime.release();
  });

  it('scores a few rows here, without a thread, and starts one with the first large batch', async () => {
    const runtime = await loadRuntime(model, CHEAP, threads);
    await runtime.predict(flights(100));
    expect(workers).toHaveLength(0);
    await runtime.predict(flights(20_000));
    expect(workers).toHaveLength(1);
    await runtime.release();
  });

  describe.each([
    { when: 'there is a processor for both', canHelp: true, runMs: 0.01, started: 1 },
    { when: 'there is none for it', canHelp: false, runMs: 0.01, started: 0 },
    { when: 'eight runs would take long by themselves', canHelp: true, runMs: 1, started: 0 },
  ])('with some milliseconds of rows, where $when', ({ canHelp, runMs, started }) => {
    it(`has ${started} threads help`, async () => {
      const some = new ScoringThreads({ ...LIMITS, canHelp }, start);
      const runtime = await loadRuntime(model, { createMs: 1, runMs, rowMs: 0.005 }, some);
      expect(await runtime.predict(flights(1000))).toHaveLength(1000);
      expect(workers).toHaveLength(started);
      await runtime.release();
      await some.stop();
    });
  });

  it('opens a model in one thread only to help, however many there are', async () => {
    const many = new ScoringThreads({ ...LIMITS, threads: 8 }, start);
    const runtime = await loadRuntime(model, { ...CHEAP, rowMs: 0.005 }, many);
    for (let i = 0; i < 20; i++) await runtime.predict(flights(1000));
    expect(workers).toHaveLength(1);
    await runtime.release();
    await many.stop();
  });

  it('cuts large batches at multiples of 64 rows, where rounding is that of the whole', async () => {
    const runtime = await inThreads();
    const told = jest.spyOn(workers[0]!, 'postMessage');
    await runtime.predict(flights(25_001));
    const counts = told.mock.calls.map(([order]) => (order as { readonly rows: Rows }).rows.count);
    expect(counts.length).toBeGreaterThan(2);
    expect(counts.slice(0, -1).filter((count) => count % 64 !== 0)).toEqual([]);
  });

  it('hands to a thread what is too much together, though each of it is little and done when it returns', async () => {
    const runtime = await loadRuntime(model, { ...CHEAP, rowMs: LIMITS.budgetMs / 1000 }, threads);
    for (let i = 0; i < 3; i++) await runtime.predict(flights(500));
    expect(workers).toHaveLength(1);
    await runtime.release();
  });

  it('refuses in a thread with the kind, the code and the problems that it would have here', async () => {
    const whole: Wiring = { ...wiring, inputs: [{ ...wiring.inputs[0]!, type: 'int32' }] };
    const runtime = await inThreads({ ...model, wiring: whole });
    const flight = { ...flights(1), numbers: Float64Array.from(FLIGHT) };
    await expect(runtime.predict(flight)).rejects.toMatchObject({
      kind: 'invalid-input',
      code: 'VALUE_OUT_OF_TYPE',
      problems: [{ feature: 'wind_spd', problem: expect.stringContaining('5.8') as string }],
    });
    await expect(inThreads({ ...model, onnx: onnx.subarray(0, 2000) })).rejects.toMatchObject({
      kind: 'malformed',
      code: 'MODEL_NOT_LOADABLE',
    });
  });

  it('refuses what it has no thread for, and goes on when there is one', async () => {
    let isFull = true;
    const few = new ScoringThreads(LIMITS, () => {
      if (isFull) throw new Error('EAGAIN');
      return start();
    });
    const runtime = await loadRuntime(model, CHEAP, few);
    const refused = await Promise.allSettled([runtime.predict(flights(20_000)), runtime.predict(flights(20_000))]);
    expect(refused).toMatchObject([
      { reason: { code: 'SCORING_THREAD_LOST' } },
      { reason: { code: 'SCORING_THREAD_LOST' } },
    ]);
    isFull = false;
    expect(await runtime.predict(flights(20_000))).toHaveLength(20_000);
    await runtime.release();
    await few.stop();
  });

  it('refuses what would wait too long, says when to come again, and counts it', async () => {
    const costly = await loadRuntime(model, { ...SLOW_TO_OPEN, rowMs: 1 }, threads);
    const first = costly.predict(flights(8000));
    await expect(costly.predict(flights(3000))).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'SCORING_QUEUE_FULL',
      retryAfterSeconds: 8,
    });
    expect(threads.status).toEqual({ queuedMs: 8000, refused: 1 });
    expect(await first).toHaveLength(8000);
    expect(await costly.predict(flights(3000))).toHaveLength(3000);
  });

  it('gives the place of a batch back as soon as nobody waits for it', async () => {
    const runtime = await loadRuntime(model, { ...SLOW_TO_OPEN, runMs: 50 }, threads);
    const [gone, reason] = [new AbortController(), new Error('the client went away')];
    const batch = runtime.predict(flights(200_000), gone.signal);
    gone.abort(reason);
    await expect(batch).rejects.toMatchObject({ code: 'CALLER_GONE', cause: reason });
    expect(threads.status.queuedMs).toBe(0);
    await expect(runtime.predict(flights(1), gone.signal)).rejects.toMatchObject({ code: 'CALLER_GONE' });
    expect(await runtime.predict(flights(1))).toHaveLength(1);
  });

  it('answers 503 for the batch whose thread crashes, and starts another for the next', async () => {
    const runtime = await inThreads();
    workers[0]!.postMessage(null);
    const lost = { kind: 'unavailable', code: 'SCORING_THREAD_LOST', retryAfterSeconds: 1 };
    await expect(runtime.predict(flights(1))).rejects.toMatchObject(lost);
    expect(await runtime.predict(flights(1))).toHaveLength(1);
    expect(workers).toHaveLength(2);
  });

  it('keeps a thread free of slow rows for all that is cut into slices', async () => {
    const two = new ScoringThreads({ ...LIMITS, threads: 2 }, startWorker);
    const slow = two.share(model, { ...CHEAP, runMs: 50 });
    const quick = two.share(model, CHEAP);
    expect(two.choose(quick)).not.toBe(two.choose(slow));
  });

  it('scores all versions in the same threads', async () => {
    for (let i = 0; i < 20; i++) {
      const runtime = await inThreads();
      await runtime.predict(flights(10));
      await runtime.release();
    }
    expect(workers).toHaveLength(1);
  });

  it('holds the process until its threads have ended, whatever they were doing', () => {
    const program = `
      import { readFileSync } from 'node:fs';
      import { loadRuntime, ScoringThreads } from '${RUNTIME}';
      const threads = new ScoringThreads({ budgetMs: 10, threads: 1, queueMs: 1000, canHelp: true });
      const model = { onnx: readFileSync('${fileURLToPath(ONNX)}'), signature: ${card}, wiring: ${JSON.stringify(wiring)} };
      const runtime = await loadRuntime(model, { createMs: 1, runMs: 0.01, rowMs: 0.005 }, threads);
      await runtime.predict({ count: 1000, width: 8, numbers: new Float64Array(8000), texts: [] });
      await threads.stop();
      console.log('stopped');`;
    // As a file: what stands in `-e` keeps a process that waits for nothing.
    const folder = mkdtempSync(join(tmpdir(), 'scorekeeper-stop-'));
    writeFileSync(join(folder, 'stop.mjs'), program);
    expect(execFileSync(process.execPath, [join(folder, 'stop.mjs')], { encoding: 'utf8' })).toBe('stopped\n');
    rmSync(folder, { recursive: true });
  });

  it('ends its threads when it stops', async () => {
    await inThreads();
    const ended = new Promise((resolve) => workers[0]!.once('exit', resolve));
    await threads.stop();
    expect(await ended).toBe(0);
  });
});
