import { JSONParser } from '@streamparser/json';
import type { BatchRow } from './batch-row.js';
import { batchMalformed } from './batch.errors.js';
import type { JsonItems } from './json-items.js';
import { JsonRow } from './json-rows.js';

/** Reads what JsonItems has left of an array, value by value: the rows, and at last what is wrong with the text, if anything. */
export async function* readSlowly(
  { count: before, rest }: JsonItems,
  chunks: AsyncIterable<Buffer>,
  maxRowBytes: number,
): AsyncGenerator<readonly BatchRow[]> {
  const values: unknown[] = [];
  const parser = parserOf(before, (value) => values.push(value));
  let count = before;
  let waitingBytes = 0;
  for await (const chunk of restOfArray(before, rest, chunks)) {
    const failure = write(parser, chunk);
    waitingBytes = values.length > 0 ? 0 : waitingBytes + chunk.length;
    if (values.length > 0) yield values.splice(0).map((value) => new JsonRow(++count, value));
    if (failure) throw batchMalformed(`the JSON array cannot be read behind row ${count}: ${failure.message}`);
    if (waitingBytes > maxRowBytes)
      throw batchMalformed(`row ${count + 1} is larger than ${maxRowBytes} bytes (MAX_BODY_BYTES)`);
  }
  if (!parser.isEnded) throw batchMalformed(`the JSON array ends behind row ${count}`);
}

// One item stands for those that have been read: what is left begins behind it.
async function* restOfArray(before: number, rest: Buffer, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield Buffer.concat([Buffer.from(before > 0 ? '[0' : '['), rest]);
  yield* chunks;
}

function parserOf(before: number, onRow: (value: unknown) => void): JSONParser {
  // Rows leave the array as soon as they are whole: it never grows.
  const parser = new JSONParser({ paths: ['$.*'], keepStack: false });
  parser.onValue = ({ value, key }) => {
    if (before === 0 || key !== 0) onRow(value);
  };
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
