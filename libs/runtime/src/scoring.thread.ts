import { parentPort } from 'node:worker_threads';
import { ServingError } from '@app/core';
import { ClaimedSlices } from './claimed-slices.js';
import { OnnxRuntime } from './onnx.runtime.js';
import type { Outputs } from './predictions.js';
import type { ScoredPart, ThreadAnswer, ThreadOrder } from './thread-messages.js';

// The other end of ScoringThread: it holds sessions and scores rows, one thing after the other.
const sessions = new Map<number, Promise<OnnxRuntime>>();
let last: Promise<void> = Promise.resolve();

parentPort!.on('message', (order: ThreadOrder) => {
  last = last.then(() => follow(order));
});

async function follow(order: ThreadOrder): Promise<void> {
  if ('open' in order) await open(order);
  else if ('score' in order) parentPort!.postMessage(await answer(order));
  else if ('close' in order) await close(order.close);
  else await stop();
}

// A model that cannot be opened is told to whoever scores with it.
async function open({ open: id, model }: Extract<ThreadOrder, { open: number }>): Promise<void> {
  const session = OnnxRuntime.load(model);
  sessions.set(id, session);
  await session.catch(() => undefined);
}

type ScoreOrder = Extract<ThreadOrder, { score: number }>;

async function answer(order: ScoreOrder): Promise<ThreadAnswer> {
  try {
    const session = await sessions.get(order.score)!;
    const start = performance.now();
    const parts = partsOf(session, order);
    return { parts, ms: performance.now() - start };
  } catch (error) {
    if (!(error instanceof ServingError)) return { failed: { message: String(error) } };
    const { kind, code, message, problems } = error;
    return { refused: { kind, code, message, problems } };
  }
}

function partsOf(session: OnnxRuntime, { rows, taken }: ScoreOrder): ScoredPart[] {
  if (!rows) return [];
  const slices = taken ? new ClaimedSlices(rows, taken).fromBack() : [rows];
  const parts: ScoredPart[] = [];
  // One after the other: a slice is taken when the one before is scored.
  for (const slice of slices) parts.push({ outputs: plain(session.outputsOf(slice)), count: slice.count });
  return parts;
}

function plain(outputs: Outputs): Outputs {
  return Object.fromEntries(Object.entries(outputs).map(([name, { data }]) => [name, { data }]));
}

async function close(id: number): Promise<void> {
  const session = await sessions.get(id)?.catch(() => undefined);
  sessions.delete(id);
  await session?.release();
}

async function stop(): Promise<void> {
  for (const id of sessions.keys()) await close(id);
  parentPort!.close();
}
