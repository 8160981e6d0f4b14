// A door of its own: who reads records in another thread needs nothing else of this room.
import type { Document, Filter, ObjectId } from 'mongodb';
import { MOST_BLOCK_ROWS, recordsIn, type StoredCapture } from './capture.block.js';
import { ID_PREFIX_BYTES, idBehind } from './capture-ids.js';
import type { DataCapture } from './data-capture.schema.js';

export { recordsIn, type StoredCapture } from './capture.block.js';
export type { DataCapture } from './data-capture.schema.js';

/** Which records of what is found are wanted. */
export interface RecordsWanted {
  /** As what is found is sorted; oldest first where it is left out. */
  readonly order?: 'asc' | 'desc' | undefined;
  /** Only records behind this one, in that order. */
  readonly after?: ObjectId | undefined;
  readonly limit?: number | undefined;
}

/** The records of what a query finds, one at a time; `found` is sorted by `_id`, and read no further than is wanted. */
export async function* recordsOf(
  found: AsyncIterable<StoredCapture>,
  { order, after, limit = Infinity }: RecordsWanted,
): AsyncGenerator<DataCapture> {
  let left = limit;
  for await (const stored of found) {
    const records = recordsIn(stored);
    for (const record of order === 'desc' ? records.toReversed() : records) {
      if (after && !isBehind(record._id, after, order)) continue;
      yield record;
      if (--left <= 0) return;
    }
  }
}

/** What is stored from a record on, in time: its own block may begin before it. */
export function storedFrom(id: ObjectId): Filter<Document> {
  return { _id: { $gte: idBehind(id, 1 - MOST_BLOCK_ROWS) } };
}

/** What is stored of some records, at least one, each by itself or in a block; perhaps some of their neighbours, too. */
export function storedOf(ids: readonly ObjectId[]): Filter<Document> {
  const spans = new Map<string, { readonly first: ObjectId; last: ObjectId }>();
  for (const id of ids.toSorted(inOrder)) {
    const moment = id.toHexString().slice(0, 2 * ID_PREFIX_BYTES);
    const span = spans.get(moment);
    if (span) span.last = id;
    else spans.set(moment, { first: id, last: id });
  }
  return {
    $or: [...spans.values()].map(({ first, last }) => ({ $and: [storedFrom(first), { _id: { $lte: last } }] })),
  };
}

function isBehind(id: ObjectId, other: ObjectId, order: RecordsWanted['order']): boolean {
  return order === 'desc' ? inOrder(id, other) < 0 : inOrder(id, other) > 0;
}

function inOrder(one: ObjectId, other: ObjectId): number {
  return Buffer.compare(one.id, other.id);
}
