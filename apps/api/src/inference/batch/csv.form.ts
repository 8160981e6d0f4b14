import { parse, type Parser } from 'csv-parse';
import type { BatchForm, BatchRow, RowOutcome } from './batch-row.js';
import { batchMalformed, rowMalformed } from './batch.errors.js';
import { namedTexts } from './text-values.js';

/** CSV with a header row (RFC 4180). */
export const csvForm: BatchForm = {
  contentType: 'text/csv; charset=utf-8',
  head: 'line,score,label,model_version,id,error\r\n',
  foot: '',
  read: readRows,
  write: (outcome) => `${cellsOf(outcome).map(quoted).join(',')}\r\n`,
};

interface Parsed {
  readonly record: readonly string[];
  readonly line: number;
}

async function* readRows(body: AsyncIterable<Buffer>, maxRowBytes: number): AsyncGenerator<BatchRow> {
  let names: readonly string[] | undefined;
  for await (const { record, line } of recordsOf(body, maxRowBytes)) {
    if (names) yield rowOf(names, record, line);
    else names = checkHeader(record);
  }
  if (!names) throw batchMalformed('the CSV is empty; its first row names the features');
}

/** The records of CSV as they come in, each with the line on which it ends. */
export async function* recordsOf(body: AsyncIterable<Buffer>, maxRowBytes: number): AsyncGenerator<Parsed> {
  const records: Parsed[] = [];
  const parser = parserOf(maxRowBytes, (record, line) => void records.push({ record, line }));
  let failure: Error | undefined;
  parser.on('error', (error) => (failure = error));
  for await (const chunk of inTurn(body)) {
    await new Promise((resolve) => (chunk ? parser.write(chunk, resolve) : parser.end(resolve)));
    // What was read before the fault is still good.
    yield* records.splice(0);
    if (failure) throw batchMalformed(`the CSV cannot be read any further: ${failure.message}`);
  }
}

// Undefined is the end.
async function* inTurn(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer | undefined> {
  yield* body;
  yield undefined;
}

function parserOf(maxRowBytes: number, onRecord: (record: readonly string[], line: number) => void): Parser {
  const strictness = { bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true };
  return parse({
    ...strictness,
    max_record_size: maxRowBytes,
    on_record: (record: string[], { lines }) => {
      onRecord(record, lines);
      // Nothing is left for the parser to keep.
      return null;
    },
  });
}

function checkHeader(names: readonly string[]): readonly string[] {
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice === undefined) return names.map((name) => name.trim());
  throw batchMalformed(`the header has the column ${JSON.stringify(twice)} twice`);
}

function rowOf(names: readonly string[], record: readonly string[], line: number): BatchRow {
  if (record.length === names.length) return { line, features: (signature) => namedTexts(signature, names, record) };
  const problem = `the row has ${record.length} values, but the header names ${names.length}`;
  return {
    line,
    features: () => {
      throw rowMalformed(problem);
    },
  };
}

function cellsOf(outcome: RowOutcome): string[] {
  if ('refusal' in outcome) return [String(outcome.line), '', '', '', '', outcome.refusal.message];
  const { score, label = '', model_version: version, id = '' } = outcome.answer;
  return [outcome.line, JSON.stringify(score), label, version, id, ''].map(String);
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
