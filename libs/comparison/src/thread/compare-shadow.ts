import { type DataCapture, recordsOf, storedOf } from '@app/capture/records';
import type { ComparisonInProgress } from '../statistics/comparison.js';
import { latest, type Stored } from './answered.js';
import type { ShadowTask } from './comparison-messages.js';

/** Compares what a shadow has scored along with what the baseline has answered; gives way after each batch. */
export async function* compareShadow(
  stored: Stored,
  { span, candidate, baseline }: ShadowTask,
  comparison: ComparisonInProgress,
): AsyncGenerator<void> {
  for await (const shadows of latest(stored, span, { model_version: candidate, role: 'shadow' })) {
    const answers = await answersOf(stored, shadows);
    for (const shadow of shadows) addPair(comparison, shadow, answers.get(String(shadow.request)), baseline);
    yield;
  }
}

async function answersOf(stored: Stored, shadows: readonly DataCapture[]): Promise<Map<string, DataCapture>> {
  const wanted = shadows.map(({ request }) => request).filter((id) => id !== undefined);
  const answers = new Map<string, DataCapture>();
  if (wanted.length === 0) return answers;
  const projection = { rows: 1, score: 1, label: 1, model_version: 1 };
  for await (const record of recordsOf(stored.find(storedOf(wanted), { projection }), {}))
    answers.set(record._id.toHexString(), record);
  return answers;
}

function addPair(
  comparison: ComparisonInProgress,
  candidate: DataCapture,
  baseline: DataCapture | undefined,
  version: number,
): void {
  if (!baseline) return comparison.skip('no record of the answer');
  if (baseline.model_version !== version) return comparison.skip(`version ${baseline.model_version} has answered`);
  comparison.add({ id: baseline._id.toHexString(), baseline, candidate });
}
