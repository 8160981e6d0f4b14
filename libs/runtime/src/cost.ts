import type { Rows } from '@app/core';
import type { ModelRuntime } from './model-runtime.js';

/** What a model takes on the machine that tried it. */
export interface Cost {
  /** To make a session of it. */
  readonly createMs: number;
  /** To score a row alone. */
  readonly runMs: number;
  /** To score one row of many. */
  readonly rowMs: number;
}

// How much of what rows take on a busy machine is counted as theirs: without a limit, slices would shrink to single rows there.
const MOST_OF_BEST = 4;

/** What scoring with a model will take: at first what its trial measured, then what its large batches took. */
export class CostEstimate {
  private rowMs: number;
  private bestRowMs: number;

  constructor(private readonly measured: Cost) {
    this.rowMs = measured.rowMs;
    this.bestRowMs = measured.rowMs;
  }

  msFor(count: number): number {
    return Math.max(this.measured.runMs, this.rowMs * count);
  }

  /** The part of the time for some rows that goes to what every run costs, where they are scored in so many. */
  shareOfRuns(runs: number, count: number): number {
    return (runs * this.measured.runMs) / this.msFor(count);
  }

  /** How many rows can be scored in a time; at least one. */
  rowsWithin(ms: number): number {
    return Math.max(1, Math.floor(ms / this.rowMs));
  }

  /** Moves half the way to what some rows took: a wrong measure is soon gone. */
  learn(count: number, ms: number): void {
    this.bestRowMs = Math.min(this.bestRowMs, ms / count);
    this.rowMs = Math.min((this.rowMs + ms / count) / 2, this.bestRowMs * MOST_OF_BEST);
  }
}

const COUNTS = [1, 16, 256];
const LONG_ENOUGH_MS = 5;
const TOO_LONG_MS = 200;
const TRIES = 3;

/** Times how a model opens, then runs of more and more rows, until one is long enough to tell; `rowsOf` gives that many rows. */
export async function measureCost(
  load: () => Promise<ModelRuntime>,
  runtime: ModelRuntime,
  rowsOf: (count: number) => Rows,
): Promise<Cost> {
  const createMs = await fastest(async () => (await load()).release());
  const times: number[] = [];
  for (const count of COUNTS) {
    const rows = rowsOf(count);
    times.push(await fastest(() => runtime.predict(rows)));
    if (times.at(-1)! > LONG_ENOUGH_MS) break;
  }
  return { createMs, runMs: times[0]!, rowMs: times.at(-1)! / COUNTS[times.length - 1]! };
}

// The first time pays for what later ones find ready, and a busy machine makes any of them look slow.
async function fastest(work: () => Promise<unknown>): Promise<number> {
  let best = Infinity;
  for (let i = 0; i < TRIES && (i === 0 || best < TOO_LONG_MS); i++) best = Math.min(best, await timeOf(work));
  return best;
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  // Rows that cannot be scored take as long.
  await work().catch(() => undefined);
  return performance.now() - start;
}
