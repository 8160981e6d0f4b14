import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceProcess } from '../setup/process.js';
import type { HistoryBody } from '../setup/service.js';

const LOOK_EVERY_MS = 250;

/** The whole history, oldest first. */
export async function historyOf({ url }: Pick<ServiceProcess, 'url'>): Promise<HistoryBody['history']> {
  const response = await fetch(`${url}/model/history/`, { signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`the history is not to be had: ${response.status}`);
  return ((await response.json()) as HistoryBody).history;
}

/** What of the acknowledged ids the history lacks, and what it has twice: both empty where each was kept once. */
export function mistakesIn(history: HistoryBody['history'], acknowledged: readonly string[]): object {
  const known = new Set<string>();
  const twice = new Set<string>();
  for (const { _id } of history) (known.has(_id) ? twice : known).add(_id);
  return { lost: acknowledged.filter((id) => !known.has(id)), twice: [...twice] };
}

/** No acknowledged prediction lost, none kept twice. */
export const NO_MISTAKES = { lost: [], twice: [] };

/** Waits for something to become true; what throws is not true yet. */
export async function until(isSo: () => boolean | Promise<boolean>, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = await answerOf(isSo);
    if (found === true) return;
    if (Date.now() > deadline) throw notSo(`${isSo.toString()} within ${withinMs} ms`, found);
    await sleep(LOOK_EVERY_MS);
  }
}

function notSo(claim: string, found: unknown): Error {
  return new Error(`not so: ${claim}; at last ${String(found)}`, { cause: found });
}

async function answerOf(isSo: () => boolean | Promise<boolean>): Promise<unknown> {
  try {
    return await isSo();
  } catch (error) {
    return error;
  }
}
