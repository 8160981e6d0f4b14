import { JSONParser } from '@streamparser/json';
import type { BatchForm, BatchRow } from './batch-row.js';
import { batchMalformed } from './batch.errors.js';
import { jsonRow, writeJsonRow } from './json-rows.js';

/** A JSON array of objects. */
export const jsonForm: BatchForm = {
  contentType: 'application/json; charset=utf-8',
  head: '[',
  foot: ']\n',
  read: readRows,
  write: (outcome, isFirst) => (isFirst ? '\n' : ',\n') + writeJsonRow(outcome),
};

async function* readRows(body: AsyncIterable<Buffer>, maxRowBytes: number): AsyncGenerator<BatchRow> {
  const rows: BatchRow[] = [];
  let count = 0;
  const parser = parserOf((value) => rows.push(jsonRow(++count, value)));
  let waitingBytes = 0;
  for await (const chunk of fromBracket(body)) {
    const failure = write(parser, chunk);
    waitingBytes = rows.length > 0 ? 0 : waitingBytes + chunk.length;
    yield* rows.splice(0);
    if (failure) throw batchMalformed(`the JSON array cannot be read behind row ${count}: ${failure.message}`);
    if (waitingBytes > maxRowBytes)
      throw batchMalformed(`row ${count + 1} is larger than ${maxRowBytes} bytes (MAX_BODY_BYTES)`);
  }
  if (!parser.isEnded) throw batchMalformed(`the JSON array ends behind row ${count}`);
}

function parserOf(onRow: (value: unknown) => void): JSONParser {
  // Rows leave the array as soon as they are whole: it never grows.
  const parser = new JSONParser({ paths: ['$.*'], keepStack: false });
  parser.onValue = ({ value }) => onRow(value);
  return parser;
}

function write(parser: JSONParser, chunk: Buffer): Error | undefined {
  try {
    parser.write(chunk);
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

// The parser would read the members of an object as rows.
async function* fromBracket(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let isOpen = false;
  for await (const chunk of body) {
    if (!isOpen && chunk.length > 0) isOpen = checkBracket(chunk);
    yield chunk;
  }
}

function checkBracket(chunk: Buffer): boolean {
  const start = chunk.toString('latin1').trimStart();
  if (start !== '' && !start.startsWith('[')) throw batchMalformed('the body is not a JSON array of objects');
  return start !== '';
}
