import type { DataCapture } from '@app/capture/records';
import { encodeFeatures, type Prediction, ServingError, type Signature } from '@app/core';
import { type ModelRuntime, OnnxRuntime, TurnBatches } from '@app/runtime';
import type { ComparisonInProgress } from '../statistics/comparison.js';
import { latest, type Stored } from './answered.js';
import type { ReplayTask } from './comparison-messages.js';

/** Scores what was answered with the candidate, and compares; gives way after each batch. */
export async function* compareReplay(
  stored: Stored,
  { span, candidate, baseline }: ReplayTask,
  comparison: ComparisonInProgress,
): AsyncGenerator<void> {
  // Those of one turn share a run, and one that cannot be scored fails alone.
  const runtime = new TurnBatches(await OnnxRuntime.load(candidate));
  const filter = { role: { $ne: 'shadow' as const }, ...(baseline !== undefined && { model_version: baseline }) };
  try {
    for await (const answered of latest(stored, span, filter)) {
      await compareBatch(runtime, candidate.signature, answered, comparison);
      yield;
    }
  } finally {
    await runtime.release();
  }
}

async function compareBatch(
  runtime: ModelRuntime,
  signature: Signature,
  answered: readonly DataCapture[],
  comparison: ComparisonInProgress,
): Promise<void> {
  const scored = await Promise.allSettled(answered.map((record) => score(runtime, signature, record)));
  for (const [i, outcome] of scored.entries()) {
    const baseline = answered[i]!;
    if (outcome.status === 'rejected') comparison.skip(reasonOf(outcome.reason));
    else comparison.add({ id: baseline._id.toHexString(), baseline, candidate: outcome.value });
  }
}

async function score(runtime: ModelRuntime, signature: Signature, { features }: DataCapture): Promise<Prediction> {
  const [prediction] = await runtime.predict(encodeFeatures(signature, features).rows);
  return prediction!;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof ServingError)) throw error;
  const [problem] = error.problems;
  return problem ? `${problem.feature} ${problem.problem}` : error.message;
}
