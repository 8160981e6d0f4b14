import type { DataCapture } from '@app/capture';
import { toHistoryRecord } from './history.dto.js';

const CHUNK_CHARACTERS = 64 * 1024;

/**
 * The text of `{"history":[…]}` in chunks, so that memory holds no more than one of them. Of more captures than `limit`,
 * the others are left out, and `next` behind the list says where to go on.
 */
export async function* historyText(captures: AsyncIterable<DataCapture>, limit = Infinity): AsyncGenerator<string> {
  let chunk = '{"history":[';
  let count = 0;
  let last = '';
  for await (const capture of captures) {
    if (count === limit) return yield `${chunk}],"next":"${last}"}`;
    chunk += (count++ > 0 ? ',' : '') + JSON.stringify(toHistoryRecord(capture));
    last = capture._id.toHexString();
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = '';
  }
  yield `${chunk}]}`;
}
