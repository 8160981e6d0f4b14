import { type Position, SegmentReader, segmentsIn } from '@app/journal';
import { BsonWriter } from './bson.writer.js';
import type { Documents } from './documents.js';
import { EntryDocuments, type Written } from './entry-documents.js';
import type { RefusedDocument } from './insert-documents.js';

/** Documents of a stretch of the journal, and where that ends. */
export interface Shipment {
  readonly documents: Documents;
  /** How many rows are in them. */
  readonly rows: number;
  readonly end: Position;
  readonly damagedBytes: number;
  /** Entries that no document can be made of. */
  readonly unreadable: readonly RefusedDocument[];
  /** True where more of the journal waits behind it. */
  readonly isBehind: boolean;
}

const NOTHING: Written = { rows: 0, documents: 0 };
const reader = new SegmentReader();
const entries = new EntryDocuments();
const writer = new BsonWriter();

/** The documents of a segment from a position on, about a quarter of a megabyte of entries at a time, up to `until`, or to its end where nobody writes it any more. */
export async function* shipmentsOf(folder: string, from: Position, until?: number): AsyncGenerator<Shipment> {
  let { offset } = from;
  for (;;) {
    const part = await reader.read(folder, { segment: from.segment, offset }, until);
    if (part.end === offset) return;
    offset = part.end;
    const isBehind = until === undefined || offset < until;
    const written = writeAll(part.records);
    yield { ...written, end: { segment: from.segment, offset }, damagedBytes: part.damagedBytes, isBehind };
  }
}

function writeAll(
  records: readonly { readonly payload: Buffer }[],
): Pick<Shipment, 'documents' | 'rows' | 'unreadable'> {
  const unreadable: RefusedDocument[] = [];
  let rows = 0;
  let count = 0;
  for (const { payload } of records) {
    const written = tryToWrite(payload, unreadable);
    rows += written.rows;
    count += written.documents;
  }
  return { documents: { bytes: writer.take(), count }, rows, unreadable };
}

// What cannot be read now never can be: it must not hold up what stands behind it.
function tryToWrite(payload: Buffer, unreadable: RefusedDocument[]): Written {
  const { length } = writer;
  try {
    return entries.write(payload, writer);
  } catch (error) {
    writer.cutTo(length);
    if (isOutOfMemory(error)) throw error;
    const reason = `an entry of the journal cannot be read: ${(error as Error).message}`;
    unreadable.push({ document: { entry: payload.toString('base64') }, reason });
    return NOTHING;
  }
}

function isOutOfMemory(error: unknown): boolean {
  return /allocation failed/i.test((error as Error).message);
}

/** The segments of a folder that begin before `end`, oldest first; all of them where there is no end. */
export async function segmentsBefore(folder: string, end?: Position): Promise<number[]> {
  const segments = await segmentsIn(folder);
  return end ? segments.filter((segment) => segment <= end.segment) : segments;
}
