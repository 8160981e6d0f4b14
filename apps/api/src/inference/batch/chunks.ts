import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

const REST_MS = 1;
const RESTS = 5;

/** Gathers items that come in lists of any length into lists of `size`; the last one may be shorter. */
export async function* chunksOf<T>(lists: AsyncIterable<readonly T[]>, size: number): AsyncGenerator<readonly T[]> {
  let held: readonly T[] = [];
  for await (const list of lists) {
    held = held.length === 0 ? list : [...held, ...list];
    for (; held.length >= size; held = held.slice(size)) yield held.length === size ? held : held.slice(0, size);
  }
  if (held.length > 0) yield held;
}

/** Bytes in pieces of `size`; the last one may be shorter. */
export function* piecesOf(bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/**
 * Gives items one a turn of the event loop: what has come meanwhile goes first, also where all of them lie there already.
 * After each time that more was `asked` for, it rests a moment before the next few: who asks is often a program on this
 * machine, which waits for a processor as long as this thread never sleeps, and mostly asks again.
 */
export async function* inTurns<T>(items: AsyncIterable<T>, asked: () => number): AsyncGenerator<T> {
  let rests = 0;
  let isFirst = true;
  let before = asked();
  for await (const item of items) {
    const now = asked();
    rests = now === before ? rests - 1 : RESTS;
    before = now;
    if (!isFirst) await (rests > 0 ? sleep(REST_MS) : nextTurn());
    isFirst = false;
    yield item;
  }
}
