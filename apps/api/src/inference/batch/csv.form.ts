import { cellValue, encoderOf, firstTwice, type NamedFeatures, type Signature } from '@app/core';
import { parse, type Parser } from 'csv-parse';
import { type BatchForm, type BatchRow, NamedRow, type RowOutcome } from './batch-row.js';
import { batchMalformed, rowMalformed } from './batch.errors.js';
import { piecesOf } from './chunks.js';
import { utf8Of } from './utf8.js';

/** CSV with a header row (RFC 4180). */
export const csvForm: BatchForm = {
  contentType: 'text/csv; charset=utf-8',
  head: 'line,score,label,model_version,id,error\r\n',
  foot: '',
  read: readRows,
  write: (outcome) => `${cellsOf(outcome).map(quoted).join(',')}\r\n`,
};

// Some 1 ms of the parser, which takes ten times as long for a row as the one of JSON.
const PIECE_BYTES = 4096;

interface Parsed {
  readonly record: readonly string[];
  readonly line: number;
}

async function* readRows(body: AsyncIterable<Buffer>, maxRowBytes: number): AsyncGenerator<readonly BatchRow[]> {
  let names: readonly string[] | undefined;
  for await (const records of recordsOf(body, maxRowBytes)) {
    const rows = names ? records : records.slice(1);
    names ??= checkHeader(records[0]!.record);
    const named = names;
    yield rows.map(({ record, line }) => rowOf(named, record, line));
  }
  if (!names) throw batchMalformed('the CSV is empty; its first row names the features');
}

/** The records of CSV, as many at a time as come in together, each with the line on which it ends. */
export async function* recordsOf(body: AsyncIterable<Buffer>, maxRowBytes: number): AsyncGenerator<readonly Parsed[]> {
  const records: Parsed[] = [];
  const parser = parserOf(maxRowBytes, (record, line) => void records.push({ record, line }));
  let failure: Error | undefined;
  parser.on('error', (error) => (failure = error));
  for await (const chunk of inTurn(body)) {
    await new Promise((resolve) => (chunk ? parser.write(chunk, resolve) : parser.end(resolve)));
    // What was read before the fault is still good.
    if (records.length > 0) yield records.splice(0);
    if (failure) throw batchMalformed(`the CSV cannot be read any further: ${failure.message}`);
  }
}

// Undefined is the end.
async function* inTurn(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer | undefined> {
  for await (const chunk of utf8Of(body)) yield* piecesOf(chunk, PIECE_BYTES);
  yield undefined;
}

function parserOf(maxRowBytes: number, onRecord: (record: readonly string[], line: number) => void): Parser {
  const strictness = { bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true };
  return parse({
    ...strictness,
    // All of them in one file, too: left to itself, the parser takes the first end of a line for the only one.
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: maxRowBytes,
    on_record: (record: string[], { lines }) => {
      onRecord(record, lines);
      // Nothing is left for the parser to keep.
      return null;
    },
  });
}

function checkHeader(cells: readonly string[]): readonly string[] {
  const names = cells.map((cell) => cell.trim());
  const twice = firstTwice(names);
  if (twice === undefined) return names;
  throw batchMalformed(`the header has the column ${JSON.stringify(twice)} twice`);
}

function rowOf(names: readonly string[], record: readonly string[], line: number): BatchRow {
  if (record.length === names.length) return new NamedRow(line, (signature) => namedTexts(signature, names, record));
  const problem = `the row has ${record.length} values, but the header names ${names.length}`;
  return new NamedRow(line, () => {
    throw rowMalformed(problem);
  });
}

function namedTexts(signature: Signature, names: readonly string[], texts: readonly string[]): NamedFeatures {
  const encoder = encoderOf(signature);
  return Object.fromEntries(names.map((name, at) => [name, cellValue(encoder.typeOf(name), texts[at]!)]));
}

function cellsOf(outcome: RowOutcome): string[] {
  if ('refusal' in outcome) return [String(outcome.line), '', '', '', '', outcome.refusal.message];
  const { line, kept, row } = outcome;
  const { score, label = '' } = kept.predictions[row]!;
  return [line, JSON.stringify(score), label, kept.version, kept.ids?.at(row) ?? '', ''].map(String);
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
