import type { Prediction } from '@app/core';
import type { JournalEntry } from '@app/journal';
import { IdRange } from './capture-ids.js';
import type { CapturedColumn, CapturedRows } from './captured-rows.js';
import type { CaptureRole } from './data-capture.schema.js';

// A payload: the length of the header (4 bytes, little-endian), the header (JSON in UTF-8), then the numbers of the rows
// (doubles, little-endian, row-major), which JSON would take longer to write than the model takes to score them.
const LENGTH_BYTES = 4;
const MOST_BYTES_PER_CHARACTER = 3;

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

/** Captured rows as an entry of the journal. */
export class CaptureEntry implements JournalEntry {
  readonly maxBytes: number;
  private readonly header: string;

  constructor(
    private readonly captured: CapturedRows,
    ids: IdRange,
  ) {
    this.header = headerOf(captured, ids);
    const { byteLength } = captured.rows.numbers;
    this.maxBytes = LENGTH_BYTES + MOST_BYTES_PER_CHARACTER * this.header.length + byteLength;
  }

  writeTo(target: Buffer, at: number): number {
    const headerBytes = target.write(this.header, at + LENGTH_BYTES);
    target.writeUInt32LE(headerBytes, at);
    const { buffer, byteOffset, byteLength } = this.captured.rows.numbers;
    target.set(new Uint8Array(buffer, byteOffset, byteLength), at + LENGTH_BYTES + headerBytes);
    return LENGTH_BYTES + headerBytes + byteLength;
  }
}

/** What was captured, from the payload of its entry. */
export function readEntry(payload: Buffer): { readonly captured: CapturedRows; readonly ids: IdRange } {
  const headerEnd = LENGTH_BYTES + payload.readUInt32LE(0);
  const header = JSON.parse(payload.toString('utf8', LENGTH_BYTES, headerEnd)) as Header;
  const { model, version, role = 'active', predictions, texts, warnings } = header;
  const columns = header.columns.map(([name, type]) => ({ name, type }));
  const rows = { count: predictions.length, width: columns.length, numbers: numbersOf(payload, headerEnd), texts };
  const ids = new IdRange(header.time, ...header.ids);
  const request = header.request && { request: new IdRange(...header.request) };
  const captured = { model, version, role, ...request, columns, rows, predictions, warnings: new Map(warnings) };
  return { captured, ids };
}

// A Float64Array must begin at a multiple of 8: so the bytes are copied to the start of a buffer of their own.
function numbersOf(payload: Buffer, from: number): Float64Array {
  return new Float64Array(new Uint8Array(payload.subarray(from)).buffer);
}

function headerOf(captured: CapturedRows, ids: IdRange): string {
  const { model, version, columns, predictions, rows, warnings } = captured;
  const id = `"ids":["${ids.prefix}",${ids.first}],"time":${ids.timeMs}`;
  const source = `"model":${JSON.stringify(model)},"version":${version},${roleText(captured)},"columns":${columnsText(columns)}`;
  const scored = `"predictions":${JSON.stringify(predictions)},"texts":${JSON.stringify(rows.texts)}`;
  return `{${id},${source},${scored},"warnings":${warnings.size === 0 ? '[]' : JSON.stringify([...warnings])}}`;
}

function roleText({ role, request }: CapturedRows): string {
  if (!request) return `"role":"${role}"`;
  return `"role":"${role}","request":[${request.timeMs},"${request.prefix}",${request.first}]`;
}

// The columns of a version are the same object for all of its captures.
const texts = new WeakMap<readonly CapturedColumn[], string>();

function columnsText(columns: readonly CapturedColumn[]): string {
  let text = texts.get(columns);
  if (text === undefined) texts.set(columns, (text = JSON.stringify(columns.map(({ name, type }) => [name, type]))));
  return text;
}
