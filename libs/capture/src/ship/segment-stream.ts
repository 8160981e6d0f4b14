import { type Position, readSegment, segmentsIn } from '@app/journal';
import { readEntry } from '../capture.entry.js';
import { documentsOf } from '../captured-rows.js';
import type { DataCapture } from '../data-capture.schema.js';

/** Documents of a stretch of the journal, and where that ends. */
export interface Shipment {
  readonly documents: readonly DataCapture[];
  readonly end: Position;
  readonly damagedBytes: number;
}

/** The documents of a segment from a position on, about a quarter of a megabyte at a time, up to `until`, or to its end where nobody writes it any more. */
export async function* shipmentsOf(folder: string, from: Position, until?: number): AsyncGenerator<Shipment> {
  let { offset } = from;
  for (;;) {
    const part = await readSegment(folder, { segment: from.segment, offset }, until);
    if (part.end === offset) return;
    offset = part.end;
    const documents = part.records.flatMap(({ payload }) => toDocuments(payload));
    yield { documents, end: { segment: from.segment, offset }, damagedBytes: part.damagedBytes };
  }
}

function toDocuments(payload: Buffer): DataCapture[] {
  const { captured, ids } = readEntry(payload);
  return documentsOf(captured, ids);
}

/** The segments of a folder that begin before `end`, oldest first; all of them where there is no end. */
export async function segmentsBefore(folder: string, end?: Position): Promise<number[]> {
  const segments = await segmentsIn(folder);
  return end ? segments.filter((segment) => segment <= end.segment) : segments;
}
