import type { Prediction, Rows } from '@app/core';
import type { EntryTarget, JournalEntry } from '@app/journal';
import { ID_PREFIX_BYTES, type IdRange } from './capture-ids.js';
import { outputWidth, type WrittenSource } from './capture.source.js';
import type { CapturedRows } from './captured-rows.js';

// Behind its source, an entry is (numbers little-endian):
//   12  the id of the first row; those of the others follow it
//    4  how many rows
//    4  the length of the rest
//       the features of the rows, doubles, row-major; NaN for a missing value and in place of a text
//       the outputs of the rows, doubles, row-major, as the source has them; NaN for a missing value
//       the rest: JSON in UTF-8, absent where there is nothing in it

/** Bytes of an entry before its numbers. */
export const ENTRY_HEAD_BYTES = 20;
const MOST_BYTES_PER_CHARACTER = 3;

/** What of the rows is not numbers. */
export interface Rest {
  /** The texts of the text columns, row by row. */
  readonly texts?: readonly string[] | undefined;
  readonly labels?: readonly Prediction['label'][] | undefined;
  readonly warnings?: readonly (readonly [row: number, warnings: readonly string[]])[] | undefined;
  /** Of a shadow: the id of the record whose request its first row scored; those of the others follow it. */
  readonly request?: string | undefined;
  /** Where the source has no outputs. */
  readonly predictions?: readonly Prediction[] | undefined;
}

/** Captured rows as an entry of the journal. */
export class CaptureEntry implements JournalEntry {
  readonly head: Uint8Array;
  readonly maxBytes: number;
  private readonly rest: string;

  constructor(
    private readonly captured: CapturedRows,
    private readonly ids: IdRange,
    private readonly source: WrittenSource,
  ) {
    const { rows } = captured;
    this.head = source.head;
    this.rest = restOf(captured, source);
    const outputs = source.outputs ? rows.count * outputWidth(source.outputs) : 0;
    const numberBytes = 8 * (rows.numbers.length + outputs);
    this.maxBytes = ENTRY_HEAD_BYTES + numberBytes + MOST_BYTES_PER_CHARACTER * this.rest.length;
  }

  writeTo(target: EntryTarget, at: number): number {
    const { rows, predictions } = this.captured;
    let end = writeNumbers(target, at + ENTRY_HEAD_BYTES, rows.numbers);
    if (this.source.outputs) end = writeOutputs(target.view, end, predictions);
    const restBytes = this.rest === '' ? 0 : target.bytes.write(this.rest, end);
    this.writeHead(target, at, restBytes);
    return end + restBytes - at;
  }

  private writeHead({ bytes, view }: EntryTarget, at: number, restBytes: number): void {
    const { prefix, first } = this.ids;
    for (let i = 0; i < ID_PREFIX_BYTES; i++) bytes[at + i] = prefix.bytes[i]!;
    view.setUint8(at + ID_PREFIX_BYTES, first >>> 16);
    view.setUint16(at + ID_PREFIX_BYTES + 1, first & 0xffff);
    view.setUint32(at + 12, this.captured.rows.count, true);
    view.setUint32(at + 16, restBytes, true);
  }
}

// Few numbers one by one: to ask a short typed array for its buffer takes longer.
const FEW = 64;

function writeNumbers({ bytes, view }: EntryTarget, at: number, numbers: Rows['numbers']): number {
  if (numbers.length <= FEW) for (let i = 0; i < numbers.length; i++) view.setFloat64(at + 8 * i, numbers[i]!, true);
  else bytes.set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength), at);
  return at + numbers.byteLength;
}

function writeOutputs(view: DataView, from: number, predictions: readonly Prediction[]): number {
  let at = from;
  for (const { score, probabilities, decision } of predictions) {
    at = typeof score === 'number' ? writeNumber(view, at, score) : writeAll(view, at, score);
    if (probabilities) at = writeAll(view, at, Object.values(probabilities));
    if (decision) at = writeAll(view, at, Object.values(decision));
  }
  return at;
}

function writeAll(view: DataView, from: number, values: readonly (number | null)[]): number {
  let at = from;
  for (const value of values) at = writeNumber(view, at, value ?? NaN);
  return at;
}

function writeNumber(view: DataView, at: number, value: number): number {
  view.setFloat64(at, value, true);
  return at + 8;
}

function restOf(captured: CapturedRows, { outputs }: WrittenSource): string {
  const { rows, predictions, warnings, request } = captured;
  if (outputs && !outputs.hasLabel && rows.texts.length === 0 && warnings.size === 0 && !request) return '';
  const rest: Rest = {
    texts: rows.texts.length > 0 ? textsOf(captured) : undefined,
    labels: outputs?.hasLabel ? predictions.map(({ label }) => label) : undefined,
    warnings: warnings.size > 0 ? [...warnings] : undefined,
    request: request?.at(0),
    predictions: outputs ? undefined : predictions,
  };
  return JSON.stringify(rest);
}

function textsOf({ columns, rows }: CapturedRows): string[] {
  return rows.texts.filter((_, at) => columns[at % rows.width]!.type === 'string');
}
