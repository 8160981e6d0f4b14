import { type DataCapture, recordsOf, type StoredCapture } from '@app/capture/records';
import { type Collection, type Filter, ObjectId } from 'mongodb';
import type { Span } from './comparison-messages.js';

/** What the history holds. */
export type Stored = Collection<StoredCapture>;

// Small, so that neither the thread nor the database holds the processor for long; a block has up to 1,000 records.
const BATCH = 200;
const STORED_AT_A_TIME = 50;

/** The latest records of a span, in batches. */
export async function* latest(
  stored: Stored,
  span: Span,
  filter: Filter<StoredCapture>,
): AsyncGenerator<DataCapture[]> {
  const { limit } = span;
  const options = { sort: { _id: -1 }, limit, batchSize: STORED_AT_A_TIME } as const;
  const found = stored.find({ ...inSpan(span), ...filter }, options);
  let batch: DataCapture[] = [];
  for await (const record of recordsOf(found, { order: 'desc', limit })) {
    if (batch.push(record) < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function inSpan({ model, fromId, toId }: Span): Filter<StoredCapture> {
  const bounds = {
    ...(fromId !== undefined && { $gte: new ObjectId(fromId) }),
    ...(toId !== undefined && { $lt: new ObjectId(toId) }),
  };
  return { model, ...(Object.keys(bounds).length > 0 && { _id: bounds }) };
}
