import { setImmediate as nextTurn } from 'node:timers/promises';

/** Gathers items that come in lists of any length into lists of `size`; the last one may be shorter. */
export async function* chunksOf<T>(lists: AsyncIterable<readonly T[]>, size: number): AsyncGenerator<readonly T[]> {
  let held: readonly T[] = [];
  for await (const list of lists) {
    held = held.length === 0 ? list : [...held, ...list];
    for (; held.length >= size; held = held.slice(size)) yield held.length === size ? held : held.slice(0, size);
  }
  if (held.length > 0) yield held;
}

/** Gives items one a turn of the event loop: what has come meanwhile goes first, also where all of them lie there already. */
export async function* inTurns<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  let isFirst = true;
  for await (const item of items) {
    if (!isFirst) await nextTurn();
    isFirst = false;
    yield item;
  }
}
