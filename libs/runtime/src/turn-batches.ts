import type { Prediction, Rows } from '@app/core';
import type { ModelRuntime } from './model-runtime.js';

interface Waiting {
  readonly rows: Rows;
  readonly resolve: (predictions: Prediction[]) => void;
  readonly reject: (cause: unknown) => void;
}

/** How the rows of a batch are scored: at once, or elsewhere. */
export type Score = (rows: Rows) => Prediction[] | Promise<Prediction[]>;

// More rows gain nothing from company: the fixed cost of a run is spread over them already.
const MOST_ROWS = 64;

/** Scores all small requests of one event-loop turn in one run, without ever waiting for another one. */
export class TurnBatches implements ModelRuntime {
  private waiting: Waiting[] = [];

  /** `score` scores a batch of small requests; `runtime` takes the large ones. */
  constructor(
    private readonly runtime: ModelRuntime,
    private readonly score: Score = (rows) => runtime.predict(rows),
  ) {}

  predict(rows: Rows, signal?: AbortSignal): Promise<Prediction[]> {
    if (rows.count > MOST_ROWS) return this.runtime.predict(rows, signal);
    return new Promise((resolve, reject) => {
      if (this.waiting.push({ rows, resolve, reject }) === 1) setImmediate(() => void this.run());
    });
  }

  release(): Promise<void> {
    return this.runtime.release();
  }

  private run(): Promise<void> {
    const batch = this.waiting;
    this.waiting = [];
    return this.answer(batch);
  }

  private async answer(batch: readonly Waiting[]): Promise<void> {
    try {
      const scored = this.score(merge(batch));
      // Not awaited where it is there already: the answers then leave in this very turn.
      share(batch, Array.isArray(scored) ? scored : await scored);
    } catch (error) {
      await this.answerApart(batch, error);
    }
  }

  // One row that cannot be scored must fail its own request only, with its own reason; halving finds it in a few runs.
  private async answerApart(batch: readonly Waiting[], error: unknown): Promise<void> {
    if (batch.length === 1) return batch[0]!.reject(error);
    const middle = batch.length >> 1;
    await this.answer(batch.slice(0, middle));
    await this.answer(batch.slice(middle));
  }
}

function merge(batch: readonly Waiting[]): Rows {
  if (batch.length === 1) return batch[0]!.rows;
  const { width } = batch[0]!.rows;
  const count = batch.reduce((sum, { rows }) => sum + rows.count, 0);
  const numbers = new Float64Array(count * width);
  let at = 0;
  for (const { rows } of batch) {
    numbers.set(rows.numbers, at);
    at += rows.numbers.length;
  }
  return { count, width, numbers, texts: batch.flatMap(({ rows }) => rows.texts) };
}

function share(batch: readonly Waiting[], predictions: Prediction[]): void {
  if (batch.length === 1) return batch[0]!.resolve(predictions);
  let from = 0;
  for (const { rows, resolve } of batch) {
    resolve(predictions.slice(from, from + rows.count));
    from += rows.count;
  }
}
