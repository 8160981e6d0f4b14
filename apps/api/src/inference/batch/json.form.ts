import type { BatchForm, BatchRow } from './batch-row.js';
import { batchMalformed } from './batch.errors.js';
import { skipSpaces } from './item-end.js';
import { JsonItems } from './json-items.js';
import { writeJsonRow } from './json-rows.js';
import { readSlowly } from './slow-json.js';

const BRACKET = 0x5b;
// A row that is not whole is looked at again with each chunk: long ones are for the other parser.
const LONGEST_ROW_BYTES = 64 * 1024;

/** A JSON array of objects. */
export const jsonForm: BatchForm = {
  contentType: 'application/json; charset=utf-8',
  head: '[',
  foot: ']\n',
  read: readRows,
  write: (outcome, isFirst) => (isFirst ? '\n' : ',\n') + writeJsonRow(outcome),
};

// Many rows at a time as long as the text is in order; its end, and what is wrong with it, is for a parser that can say so.
async function* readRows(body: AsyncIterable<Buffer>, maxRowBytes: number): AsyncGenerator<readonly BatchRow[]> {
  const chunks = behindBracket(body);
  try {
    const items = new JsonItems();
    yield* readManyAtATime(items, chunks, maxRowBytes);
    yield* readSlowly(items, chunks, maxRowBytes);
  } finally {
    await chunks.return(undefined);
  }
}

async function* readManyAtATime(
  items: JsonItems,
  chunks: AsyncGenerator<Buffer>,
  maxRowBytes: number,
): AsyncGenerator<readonly BatchRow[]> {
  const mostBytes = Math.min(maxRowBytes, LONGEST_ROW_BYTES);
  let waitingBytes = 0;
  // Not `for await`, which would end the chunks, too: there may be more to read of them.
  for (let next; waitingBytes <= mostBytes && !items.isStopped && !(next = await chunks.next()).done;) {
    const rows = items.add(next.value);
    waitingBytes = rows.length > 0 ? 0 : waitingBytes + next.value.length;
    if (rows.length > 0) yield rows;
  }
}

async function* behindBracket(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer, undefined> {
  let isOpen = false;
  for await (const chunk of body) {
    const start: number = isOpen ? 0 : startIn(chunk);
    isOpen ||= start > 0;
    if (isOpen) yield chunk.subarray(start);
  }
}

/** Where the items of an array begin; 0 where there is only white space. */
function startIn(chunk: Buffer): number {
  const at = skipSpaces(chunk, 0);
  if (at === chunk.length) return 0;
  if (chunk[at] !== BRACKET) throw batchMalformed('the body is not a JSON array of objects');
  return at + 1;
}
