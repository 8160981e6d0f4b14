import { type BatchForm, type BatchRow, NamedRow } from './batch-row.js';
import { rowMalformed } from './batch.errors.js';
import { objectOf, writeJsonRow } from './json-rows.js';
import { linesOf } from './lines.js';

/** One JSON object a line. */
export const ndjsonForm: BatchForm = {
  contentType: 'application/x-ndjson',
  head: '',
  foot: '',
  read: readRows,
  write: (outcome) => `${writeJsonRow(outcome)}\n`,
};

async function* readRows(body: AsyncIterable<Buffer>, maxRowBytes: number): AsyncGenerator<readonly BatchRow[]> {
  let read = 0;
  for await (const lines of linesOf(body, maxRowBytes)) {
    const first = read + 1;
    read += lines.length;
    yield lines.flatMap((text, at) => (text.trim() === '' ? [] : rowOf(first + at, text)));
  }
}

function rowOf(line: number, text: string): BatchRow {
  return new NamedRow(line, () => objectOf(parse(text)));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw rowMalformed(`the row is not JSON: ${(error as Error).message}`);
  }
}
