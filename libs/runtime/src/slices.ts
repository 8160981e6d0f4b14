import type { Rows } from '@app/core';

/** Cuts rows into copies of as many as `size` says each time; copies, as a thread takes what it is given. */
export function* slicesOf({ count, width, numbers, texts }: Rows, size: () => number): Generator<Rows> {
  for (let from = 0, to = 0; from < count; from = to) {
    to = Math.min(from + size(), count);
    const [start, end] = [from * width, to * width];
    yield { count: to - from, width, numbers: numbers.slice(start, end), texts: texts.slice(start, end) };
  }
}
