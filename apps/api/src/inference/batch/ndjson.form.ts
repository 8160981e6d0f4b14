import type { BatchForm, BatchRow } from './batch-row.js';
import { rowMalformed } from './batch.errors.js';
import { jsonRow, writeJsonRow } from './json-rows.js';
import { linesOf } from './lines.js';

/** One JSON object a line. */
export const ndjsonForm: BatchForm = {
  contentType: 'application/x-ndjson',
  head: '',
  foot: '',
  read: readRows,
  write: (outcome) => `${writeJsonRow(outcome)}\n`,
};

async function* readRows(body: AsyncIterable<Buffer>, maxRowBytes: number): AsyncGenerator<BatchRow> {
  let line = 0;
  for await (const text of linesOf(body, maxRowBytes)) {
    line++;
    if (text.trim() !== '') yield rowOf(line, text);
  }
}

function rowOf(line: number, text: string): BatchRow {
  return { line, features: (signature) => jsonRow(line, parse(text)).features(signature) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw rowMalformed(`the row is not JSON: ${(error as Error).message}`);
  }
}
