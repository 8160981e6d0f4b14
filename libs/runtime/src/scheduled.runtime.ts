import type { Prediction, Rows } from '@app/core';
import { type Cost, expectedMs } from './cost.js';
import type { ModelRuntime } from './model-runtime.js';
import { type OnnxModel, OnnxRuntime } from './onnx.runtime.js';
import type { ScoringThreads } from './scoring-threads.js';
import { ThreadedRuntime } from './threaded.runtime.js';

/** Loads a model where it belongs: what takes longer than the budget to open, or to score one row, lives in the threads alone. */
export async function loadRuntime(model: OnnxModel, cost: Cost, threads: ScoringThreads): Promise<ModelRuntime> {
  const threaded = new ThreadedRuntime(threads.share(model), cost, threads);
  if (Math.max(cost.createMs, cost.runMs) <= threads.limits.budgetMs)
    return new ScheduledRuntime({ here: await OnnxRuntime.load(model), threaded }, cost, threads.limits.budgetMs);
  await threaded.open();
  return threaded;
}

interface Places {
  readonly here: ModelRuntime;
  /** Opens its session with the first rows that come, so that a model without large batches is held once. */
  readonly threaded: ModelRuntime;
}

/** Scores short work here and hands long work to the threads: the one place that chooses. */
export class ScheduledRuntime implements ModelRuntime {
  constructor(
    private readonly places: Places,
    private readonly cost: Cost,
    private readonly budgetMs: number,
  ) {}

  predict(rows: Rows, signal?: AbortSignal): Promise<Prediction[]> {
    return this.placeFor(rows).predict(rows, signal);
  }

  async release(): Promise<void> {
    await Promise.all([this.places.here.release(), this.places.threaded.release()]);
  }

  private placeFor({ count }: Rows): ModelRuntime {
    return expectedMs(this.cost, count) <= this.budgetMs ? this.places.here : this.places.threaded;
  }
}
