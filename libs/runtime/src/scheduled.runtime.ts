import type { Prediction, Rows } from '@app/core';
import { SLICES } from './claimed-slices.js';
import { type Cost, CostEstimate } from './cost.js';
import type { LoopBudget } from './loop-budget.js';
import type { ModelRuntime } from './model-runtime.js';
import { HelpedRuntime } from './helped.runtime.js';
import { type OnnxModel, OnnxRuntime } from './onnx.runtime.js';
import type { ScoringThreads } from './scoring-threads.js';
import { EVEN_ROWS } from './slices.js';
import { ThreadedRuntime } from './threaded.runtime.js';
import { TurnBatches } from './turn-batches.js';

/** Loads a model where it belongs: what takes longer than the budget to open, or to score one row, lives in the threads alone. */
export async function loadRuntime(model: OnnxModel, cost: Cost, threads: ScoringThreads): Promise<ModelRuntime> {
  const estimate = new CostEstimate(cost);
  const shared = threads.share(model, cost);
  const threaded = new ThreadedRuntime(shared, estimate, threads);
  if (Math.max(cost.createMs, cost.runMs) > threads.loop.budgetMs) return openInThreads(threaded, cost, threads);
  const onnx = await OnnxRuntime.load(model);
  const here = new TurnBatches(onnx, (rows) => onnx.score(rows));
  const helped = new HelpedRuntime(onnx, shared, threads);
  return new ScheduledRuntime({ here, helped, threaded }, estimate, threads.loop);
}

async function openInThreads(runtime: ThreadedRuntime, cost: Cost, threads: ScoringThreads): Promise<ModelRuntime> {
  await runtime.open();
  // Rows that are slow gain nothing from company, and alone each can give up its place.
  return cost.runMs > threads.loop.budgetMs ? runtime : new TurnBatches(runtime);
}

interface Places {
  readonly here: ModelRuntime;
  /** Here as well, but not alone: it opens a session in a thread, too, with the first rows that take some time. */
  readonly helped: HelpedRuntime;
  /** Opens its session with the first rows that come. */
  readonly threaded: ModelRuntime;
}

// To ask another thread and to hear its answer takes up to a tenth of it.
const HELPED_FROM_MS = 1;
// Where a run alone takes long, cutting rows into more of them would lose what the help gains.
const MOST_FOR_RUNS = 0.25;

/** Scores short work here and hands long work to the threads: the one place that chooses. */
export class ScheduledRuntime implements ModelRuntime {
  constructor(
    private readonly places: Places,
    private readonly cost: CostEstimate,
    private readonly loop: LoopBudget,
  ) {}

  predict(rows: Rows, signal?: AbortSignal): Promise<Prediction[]> {
    // A single row is shorter than the way to a thread.
    if (rows.count === 1) return this.places.here.predict(rows);
    const ms = this.cost.msFor(rows.count);
    if (!this.loop.take(ms)) return this.places.threaded.predict(rows, signal);
    // Given back with the next turn: what begins in this one adds up, though most is done when it returns.
    return this.placeHere(rows, ms)
      .predict(rows)
      .finally(() => setImmediate(() => this.loop.give(ms)));
  }

  private placeHere({ count }: Rows, ms: number): Pick<ModelRuntime, 'predict'> {
    const { here, helped } = this.places;
    const canBeCut = count > EVEN_ROWS && this.cost.shareOfRuns(SLICES, count) <= MOST_FOR_RUNS;
    return ms >= HELPED_FROM_MS && canBeCut ? helped : here;
  }

  async release(): Promise<void> {
    await Promise.all([this.places.here.release(), this.places.threaded.release()]);
  }
}
