import { isUtf8 } from 'node:buffer';
import type { BatchRow } from './batch-row.js';
import { findItemEnd, skipSpaces } from './item-end.js';
import { JsonRow } from './json-rows.js';
import { NumbersRow } from './numbers-row.js';
import { RowTemplate } from './row-template.js';

const COMMA = 0x2c;
const END_OF_ARRAY = 0x5d;

/**
 * Reads the rows of a JSON array out of chunks of its text: a row that looks like the one before by its template, any other
 * one by JSON.parse. It stops at the end of the array, and at what is no JSON: a parser that can say what is wrong goes
 * on from there.
 */
export class JsonItems {
  private held: Buffer = Buffer.alloc(0);
  private template: RowTemplate | undefined;
  private numbers = new Float64Array();
  private numbersAt = 0;
  private stopped = false;
  /** How many rows have been read. */
  count = 0;

  /** True where nothing more may be added. */
  get isStopped(): boolean {
    return this.stopped;
  }

  /** The text that has not been read: from the comma or bracket behind the last row on; of the first row, from behind the array's bracket. */
  get rest(): Buffer {
    return this.held;
  }

  /** The rows that a chunk completes; the first chunk begins behind the array's bracket. */
  add(chunk: Buffer): readonly BatchRow[] {
    const bytes = this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk]);
    const rows: BatchRow[] = [];
    let at = 0;
    for (let end; !this.stopped && (end = this.readRow(bytes, at, rows)) >= 0;) {
      at = end;
      this.stopped = bytes[at] !== COMMA;
    }
    this.held = bytes.subarray(at);
    return rows;
  }

  // Gives the offset of what stands behind the row; -1 where it is not whole, or no row.
  private readRow(bytes: Buffer, at: number, rows: BatchRow[]): number {
    const start = this.count > 0 ? at + 1 : at;
    const end = this.readNumbers(bytes, skipSpaces(bytes, start), rows);
    return end >= 0 ? end : this.readItem(bytes, start, rows);
  }

  private readNumbers(bytes: Buffer, start: number, rows: BatchRow[]): number {
    const { template } = this;
    if (!template) return -1;
    const at = this.makeRoom(template, bytes.length);
    const rowEnd = template.read(bytes, start, this.numbers, at);
    const end = rowEnd < 0 ? -1 : skipSpaces(bytes, rowEnd);
    if (end < 0 || (bytes[end] !== COMMA && bytes[end] !== END_OF_ARRAY)) return -1;
    rows.push(new NumbersRow(++this.count, template.keys, this.numbers, at));
    this.numbersAt = at + template.keys.length;
    return end;
  }

  // Gives where the numbers of a row go. An array is as large as its rows need, of which the bytes hold at most so many.
  private makeRoom({ keys, leastBytes }: RowTemplate, bytes: number): number {
    if (this.numbersAt + keys.length <= this.numbers.length) return this.numbersAt;
    this.numbers = new Float64Array(Math.ceil(bytes / leastBytes) * keys.length);
    return 0;
  }

  private readItem(bytes: Buffer, start: number, rows: BatchRow[]): number {
    const end = findItemEnd(bytes, start);
    if (end < 0) return -1;
    try {
      rows.push(this.parse(bytes.subarray(start, end)));
      return end;
    } catch {
      this.stopped = true;
      return -1;
    }
  }

  private parse(item: Buffer): BatchRow {
    if (!isUtf8(item)) throw new TypeError('not UTF-8');
    const text = item.toString();
    const row = new JsonRow(this.count + 1, JSON.parse(text));
    this.count++;
    this.template = RowTemplate.of(text.trim());
    return row;
  }
}
