import { constants, platform, setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { openClient } from '@app/database/driver';
import { ComparisonInProgress } from '../statistics/comparison.js';
import type { Stored } from './answered.js';
import { compareReplay } from './compare-replay.js';
import { compareShadow } from './compare-shadow.js';
import type { ComparisonOrder, ComparisonReport, ThreadTask } from './comparison-messages.js';

const { uri, collection, task } = workerData as ThreadTask;
let isStopped = false;

parentPort!.on('message', ({ stop }: ComparisonOrder) => (isStopped = stop));
beHumble();
await work().then(
  (done) => tell({ done }),
  (error: unknown) => tell({ failed: { message: error instanceof Error ? error.message : String(error) } }),
);
parentPort!.close();

async function work(): Promise<Extract<ComparisonReport, { done: unknown }>['done']> {
  const client = openClient(uri, { serverSelectionTimeoutMS: 5_000, maxPoolSize: 1 });
  const comparison = new ComparisonInProgress();
  try {
    await compareIn(client.db().collection(collection), comparison);
    return comparison.result;
  } finally {
    await client.close();
  }
}

async function compareIn(stored: Stored, comparison: ComparisonInProgress): Promise<void> {
  let begun = performance.now();
  const batches =
    task.kind === 'shadow' ? compareShadow(stored, task, comparison) : compareReplay(stored, task, comparison);
  for await (const _ of batches) {
    tell({ progress: { compared: comparison.n, skipped: comparison.skippedRows } });
    if (isStopped) return;
    // As long as it has worked, others may: the database, too, is the one that live traffic needs.
    await sleep(performance.now() - begun);
    begun = performance.now();
  }
}

// On Linux a priority is one thread's own: whoever answers requests goes first wherever both want the processor.
function beHumble(): void {
  if (platform() === 'linux') setPriority(0, constants.priority.PRIORITY_LOW);
}

function tell(report: ComparisonReport): void {
  parentPort!.postMessage(report);
}
