import type { ObjectId } from 'mongodb';
import type { ComparisonInProgress } from '../statistics/comparison.js';
import { latest, type RecordDocument, type Records } from './answered.js';
import type { ShadowTask } from './comparison-messages.js';

/** Compares what a shadow has scored along with what the baseline has answered; gives way after each batch. */
export async function* compareShadow(
  records: Records,
  { span, candidate, baseline }: ShadowTask,
  comparison: ComparisonInProgress,
): AsyncGenerator<void> {
  for await (const shadows of latest(records, span, { model_version: candidate, role: 'shadow' })) {
    const answers = await answersOf(records, shadows);
    for (const shadow of shadows) addPair(comparison, shadow, answers.get(String(shadow.request)), baseline);
    yield;
  }
}

async function answersOf(records: Records, shadows: readonly RecordDocument[]): Promise<Map<string, RecordDocument>> {
  const wanted = shadows.map(({ request }) => request).filter((id): id is ObjectId => id !== undefined);
  const projection = { score: 1, label: 1, model_version: 1 };
  const found = await records.find({ _id: { $in: wanted } }, { projection }).toArray();
  return new Map(found.map((record) => [record._id.toHexString(), record]));
}

function addPair(
  comparison: ComparisonInProgress,
  candidate: RecordDocument,
  baseline: RecordDocument | undefined,
  version: number,
): void {
  if (!baseline) return comparison.skip('no record of the answer');
  if (baseline.model_version !== version) return comparison.skip(`version ${baseline.model_version} has answered`);
  comparison.add({ id: baseline._id.toHexString(), baseline, candidate });
}
