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

/** How long scoring this many rows will take. */
export function expectedMs({ runMs, rowMs }: Cost, count: number): number {
  return Math.max(runMs, rowMs * count);
}

/** How many rows can be scored in a time; at least one. */
export function rowsWithin(ms: number, { rowMs }: Cost): number {
  return Math.max(1, Math.floor(ms / rowMs));
}

const COUNTS = [1, 16, 256];
const LONG_ENOUGH_MS = 5;
const TRIES = 3;

/** Times runs of more and more rows, until one is long enough to tell; `rowsOf` gives that many rows. */
export async function measureRuns(
  runtime: ModelRuntime,
  rowsOf: (count: number) => Rows,
): Promise<Pick<Cost, 'runMs' | 'rowMs'>> {
  const times: number[] = [];
  for (const count of COUNTS) {
    times.push(await fastest(runtime, rowsOf(count)));
    if (times.at(-1)! > LONG_ENOUGH_MS) break;
  }
  return { runMs: times[0]!, rowMs: times.at(-1)! / COUNTS[times.length - 1]! };
}

// The first run of a size pays for what later ones find ready.
async function fastest(runtime: ModelRuntime, rows: Rows): Promise<number> {
  let best = Infinity;
  for (let i = 0; i < TRIES && (i === 0 || best < LONG_ENOUGH_MS); i++)
    best = Math.min(best, await timeOf(() => runtime.predict(rows)));
  return best;
}

/** How long something takes, whether it ends well or not. */
export async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work().catch(() => undefined);
  return performance.now() - start;
}
