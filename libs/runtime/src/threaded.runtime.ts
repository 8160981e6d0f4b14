import type { Prediction, Rows } from '@app/core';
import type { CostEstimate } from './cost.js';
import type { ModelRuntime } from './model-runtime.js';
import { append, predictionsOf } from './predictions.js';
import { callerGone } from './runtime.errors.js';
import type { ScoringThread, SharedModel, Work } from './scoring-thread.js';
import type { ScoringThreads } from './scoring-threads.js';
import { EVEN_ROWS, slicesOf } from './slices.js';

type Slice = Work & { readonly rows: Rows };

/** Scores rows in another thread, a slice at a time, so that neither this thread nor other rows wait long for them. */
export class ThreadedRuntime implements ModelRuntime {
  readonly isSlow = true;

  constructor(
    private readonly shared: SharedModel,
    private readonly cost: CostEstimate,
    private readonly threads: ScoringThreads,
  ) {}

  /** Makes the first session now, and not with the first rows; throws a ServingError where that cannot be. */
  open(): Promise<void> {
    return this.threads.choose(this.shared).open(this.shared);
  }

  async predict(rows: Rows, signal?: AbortSignal): Promise<Prediction[]> {
    if (signal?.aborted) throw callerGone(signal);
    const leave = this.threads.enter(this.cost.msFor(rows.count));
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

  // The thread has the next slice while this one reads the last: neither waits for the other.
  private async scoreSlices(rows: Rows, signal: AbortSignal): Promise<Prediction[]> {
    const thread = this.threads.choose(this.shared);
    const scored: Prediction[] = [];
    let before: Promise<Prediction[]> = Promise.resolve([]);
    for (const slice of slicesOf(rows, () => this.rowsPerSlice)) {
      const next = this.scoreSlice(thread, { rows: slice, isShort: slice.count === rows.count, signal });
      // Whichever fails first ends the batch; the other one's failure is no news.
      next.catch(() => undefined);
      append(scored, await before);
      before = next;
    }
    return append(scored, await before);
  }

  private async scoreSlice(thread: ScoringThread, slice: Slice): Promise<Prediction[]> {
    const { signature, wiring } = this.shared.model;
    const { parts, ms } = await thread.score(this.shared, slice);
    const start = performance.now();
    const predictions = predictionsOf(signature, wiring, parts[0]!.outputs, slice.rows.count);
    this.learn(slice.rows.count, ms + performance.now() - start);
    return predictions;
  }

  private get rowsPerSlice(): number {
    const rows = this.cost.rowsWithin(this.threads.limits.budgetMs / SLICES_IN_BUDGET);
    return rows > EVEN_ROWS ? rows - (rows % EVEN_ROWS) : rows;
  }

  // Of fewer rows than a slice may hold, most of the time goes to what every run costs.
  private learn(count: number, ms: number): void {
    if (count >= this.rowsPerSlice) this.cost.learn(count, ms);
  }
}

// Other rows wait for the slice that is at work: short slices keep that short.
const SLICES_IN_BUDGET = 4;

// A place is free as soon as nobody waits for the rows, and not when the thread comes to them.
function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(callerGone(signal)), { once: true }));
}
