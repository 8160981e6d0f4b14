import type { Rows } from '@app/core';

/** A multiple of how many numbers ONNX Runtime takes at a time: cut there, rows are rounded as they are in the whole (docs/decisions/0007). */
export const EVEN_ROWS = 64;

/** Cuts rows into copies of as many as `size` says each time; copies, as a thread takes what it is given. */
export function* slicesOf(rows: Rows, size: () => number): Generator<Rows> {
  for (let from = 0, to = 0; from < rows.count; from = to) {
    to = Math.min(from + size(), rows.count);
    yield cut(rows, from, to);
  }
}

/** A copy of the rows from one on, up to another one. */
export function cut({ width, numbers, texts }: Rows, from: number, to: number): Rows {
  const [start, end] = [from * width, to * width];
  return { count: to - from, width, numbers: numbers.slice(start, end), texts: texts.slice(start, end) };
}
