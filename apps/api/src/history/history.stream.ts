import type { DataCapture } from '@app/capture';
import { toHistoryRecord } from './history.dto.js';

const CHUNK_CHARACTERS = 64 * 1024;

/** The text of `{"history":[…]}` in chunks, so that memory holds no more than one of them. */
export async function* historyText(captures: AsyncIterable<DataCapture>): AsyncGenerator<string> {
  let chunk = '{"history":[';
  let separator = '';
  for await (const capture of captures) {
    chunk += separator + JSON.stringify(toHistoryRecord(capture));
    separator = ',';
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = '';
  }
  yield `${chunk}]}`;
}
