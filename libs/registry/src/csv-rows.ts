import { Readable } from 'node:stream';
import { type Options, parse } from 'csv-parse';
import { ServingError } from '@app/core';

const CHUNK_BYTES = 64 * 1024;
const OPTIONS: Options = { columns: true, bom: true, trim: true, skip_empty_lines: true, max_record_size: 1024 * 1024 };

/** A row of a CSV file: texts by the names in its first line. */
export type CsvRow = Readonly<Record<string, string>>;

/** The rows of a CSV file with a line of names; throws a ServingError with `code` where it is none. In chunks, so that a large one leaves others their turn. */
export async function* csvRows(bytes: Uint8Array, code: string): AsyncGenerator<CsvRow> {
  try {
    for await (const row of Readable.from(chunksOf(bytes)).pipe(parse(OPTIONS))) yield row as CsvRow;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ServingError('invalid-input', code, `the CSV cannot be read: ${reason.slice(0, 300)}`, { cause });
  }
}

function* chunksOf(bytes: Uint8Array): Generator<Buffer> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < buffer.length; at += CHUNK_BYTES) yield buffer.subarray(at, at + CHUNK_BYTES);
}
