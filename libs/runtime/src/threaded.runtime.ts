import type { Prediction, Rows } from '@app/core';
import { type Cost, expectedMs, rowsWithin } from './cost.js';
import type { ModelRuntime } from './model-runtime.js';
import { predictionsOf } from './predictions.js';
import type { ScoringThread, SharedModel } from './scoring-thread.js';
import type { ScoringThreads } from './scoring-threads.js';

/** Scores rows in another thread, a slice at a time, so that neither this thread nor another batch waits long for them. */
export class ThreadedRuntime implements ModelRuntime {
  constructor(
    private readonly shared: SharedModel,
    private readonly cost: Cost,
    private readonly threads: ScoringThreads,
  ) {}

  /** Makes the first session now, and not with the first rows; throws a ServingError where that cannot be. */
  open(): Promise<void> {
    return this.threads.choose(this.shared).open(this.shared);
  }

  async predict(rows: Rows, signal?: AbortSignal): Promise<Prediction[]> {
    signal?.throwIfAborted();
    const leave = this.threads.enter(expectedMs(this.cost, rows.count));
    const batch = new AbortController();
    const abort = (): void => batch.abort(signal!.reason);
    signal?.addEventListener('abort', abort);
    try {
      return await Promise.race([this.scoreSlices(rows, batch.signal), whenAborted(batch.signal)]);
    } finally {
      signal?.removeEventListener('abort', abort);
      // A slice that still waits is one that nobody waits for.
      batch.abort();
      leave();
    }
  }

  async release(): Promise<void> {
    this.threads.forget(this.shared);
  }

  private async scoreSlices(rows: Rows, signal: AbortSignal): Promise<Prediction[]> {
    const thread = this.threads.choose(this.shared);
    const slices = slicesOf(rows, rowsWithin(this.threads.limits.budgetMs, this.cost));
    const scored: Prediction[][] = [];
    for await (const predictions of this.oneAhead(thread, slices, signal)) scored.push(predictions);
    return scored.flat();
  }

  // The thread has the next slice while this one reads the last: neither waits for the other.
  private async *oneAhead(
    thread: ScoringThread,
    slices: Iterable<Rows>,
    signal: AbortSignal,
  ): AsyncGenerator<Prediction[]> {
    let ahead: Promise<Prediction[]> | undefined;
    for (const slice of slices) {
      const before = ahead;
      ahead = this.scoreSlice(thread, slice, signal);
      // Whoever fails first ends the batch; the other one's failure is no news.
      ahead.catch(() => undefined);
      if (before) yield await before;
    }
    if (ahead) yield await ahead;
  }

  private async scoreSlice(thread: ScoringThread, rows: Rows, signal: AbortSignal): Promise<Prediction[]> {
    const { signature, wiring } = this.shared.model;
    const outputs = await thread.score(this.shared, rows, signal);
    return predictionsOf(signature, wiring, outputs, rows.count);
  }
}

// Copies, as each is given away to the thread.
function* slicesOf({ count, width, numbers, texts }: Rows, size: number): Generator<Rows> {
  for (let from = 0; from < count; from += size) {
    const to = Math.min(from + size, count);
    const [start, end] = [from * width, to * width];
    yield { count: to - from, width, numbers: numbers.slice(start, end), texts: texts.slice(start, end) };
  }
}

// A place is free as soon as nobody waits for the rows, and not when the thread comes to them.
function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
}
