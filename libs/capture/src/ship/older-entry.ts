import type { Prediction } from '@app/core';
import { IdRange, prefixOf } from '../capture-ids.js';
import type { CapturedColumn, CapturedRows } from '../captured-rows.js';
import type { CaptureRole } from '../data-capture.schema.js';

// The form of entries before ENTRY_FORM 2, which an upgrade may find in a journal: the length of the header (4 bytes,
// little-endian), the header (JSON in UTF-8), then the numbers of the rows (doubles, little-endian, row-major).
const LENGTH_BYTES = 4;

interface Header {
  readonly ids: readonly [prefix: string, first: number];
  readonly time: number;
  readonly model: string;
  readonly version: number;
  /** Not in entries that are older than roles. */
  readonly role?: CaptureRole;
  readonly request?: readonly [time: number, prefix: string, first: number];
  readonly columns: readonly (readonly [name: string, type: CapturedColumn['type']])[];
  readonly predictions: readonly Prediction[];
  readonly texts: readonly string[];
  readonly warnings: readonly (readonly [row: number, warnings: readonly string[]])[];
}

/** What was captured, from the payload of an older entry. */
export function readOlderEntry(payload: Buffer): { readonly captured: CapturedRows; readonly ids: IdRange } {
  const headerEnd = LENGTH_BYTES + payload.readUInt32LE(0);
  const header = JSON.parse(payload.toString('utf8', LENGTH_BYTES, headerEnd)) as Header;
  const { model, version, role = 'active', predictions, texts, warnings } = header;
  const columns = header.columns.map(([name, type]) => ({ name, type }));
  const rows = { count: predictions.length, width: columns.length, numbers: numbersOf(payload, headerEnd), texts };
  const request = header.request && { request: idsOf(...header.request) };
  const captured = { model, version, role, ...request, columns, rows, predictions, warnings: new Map(warnings) };
  return { captured, ids: idsOf(header.time, ...header.ids) };
}

function idsOf(timeMs: number, prefix: string, first: number): IdRange {
  return new IdRange(timeMs, prefixOf(prefix), first);
}

// A Float64Array must begin at a multiple of 8: so the bytes are copied to the start of a buffer of their own.
function numbersOf(payload: Buffer, from: number): Float64Array {
  return new Float64Array(new Uint8Array(payload.subarray(from)).buffer);
}
