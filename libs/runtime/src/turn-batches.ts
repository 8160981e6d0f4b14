import type { Prediction, Rows } from '@app/core';
import type { ModelRuntime } from './model-runtime.js';

interface Waiting {
  readonly rows: Rows;
  readonly resolve: (predictions: Prediction[]) => void;
  readonly reject: (cause: unknown) => void;
}

// More rows gain nothing from company: the fixed cost of a run is spread over them already.
const MOST_ROWS = 64;

/** Scores all small requests of one event-loop turn in one run, without ever waiting for another one. */
export class TurnBatches implements ModelRuntime {
  private waiting: Waiting[] = [];

  constructor(private readonly runtime: ModelRuntime) {}

  predict(rows: Rows, signal?: AbortSignal): Promise<Prediction[]> {
    if (rows.count > MOST_ROWS) return this.runtime.predict(rows, signal);
    return new Promise((resolve, reject) => {
      if (this.waiting.push({ rows, resolve, reject }) === 1) setImmediate(() => void this.run());
    });
  }

  release(): Promise<void> {
    return this.runtime.release();
  }

  private async run(): Promise<void> {
    const batch = this.waiting;
    this.waiting = [];
    if (batch.length === 1) return this.runAlone(batch[0]!);
    try {
      share(batch, await this.runtime.predict(merge(batch)));
    } catch {
      // One row that cannot be scored must fail its own request only, with its own reason.
      for (const one of batch) await this.runAlone(one);
    }
  }

  private runAlone({ rows, resolve, reject }: Waiting): Promise<void> {
    return this.runtime.predict(rows).then(resolve, reject);
  }
}

function merge(batch: readonly Waiting[]): Rows {
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

function share(batch: readonly Waiting[], predictions: readonly Prediction[]): void {
  let from = 0;
  for (const { rows, resolve } of batch) {
    resolve(predictions.slice(from, from + rows.count));
    from += rows.count;
  }
}
