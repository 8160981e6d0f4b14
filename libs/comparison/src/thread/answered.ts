import type { NamedFeatures, Prediction } from '@app/core';
import { type Collection, type Filter, ObjectId } from 'mongodb';
import type { Span } from './comparison-messages.js';

/** What of a record of the history matters here. */
export interface RecordDocument extends Pick<Prediction, 'score' | 'label'> {
  readonly _id: ObjectId;
  readonly model: string;
  readonly model_version: number;
  readonly features: NamedFeatures;
  readonly role?: string;
  /** Of a shadow's record: the id of the record whose request it scored. */
  readonly request?: ObjectId;
}

export type Records = Collection<RecordDocument>;

// Small, so that neither the thread nor the database holds the processor for long.
const BATCH = 200;

/** The latest records of a span, in batches. */
export async function* latest(
  records: Records,
  span: Span,
  filter: Filter<RecordDocument>,
): AsyncGenerator<RecordDocument[]> {
  const found = records.find(
    { ...inSpan(span), ...filter },
    { sort: { _id: -1 }, limit: span.limit, batchSize: BATCH },
  );
  let batch: RecordDocument[] = [];
  for await (const record of found) {
    if (batch.push(record) < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function inSpan({ model, fromId, toId }: Span): Filter<RecordDocument> {
  const bounds = {
    ...(fromId !== undefined && { $gte: new ObjectId(fromId) }),
    ...(toId !== undefined && { $lt: new ObjectId(toId) }),
  };
  return { model, ...(Object.keys(bounds).length > 0 && { _id: bounds }) };
}
