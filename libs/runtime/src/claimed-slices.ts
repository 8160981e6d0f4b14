import type { Rows } from '@app/core';
import type { Work } from './scoring-thread.js';
import { cut, EVEN_ROWS } from './slices.js';

/** How many of them there are at most. */
export const SLICES = 8;

/** Slices of some rows for two threads, one of which takes them from the front and the other from the back, until they meet. */
export class ClaimedSlices {
  private readonly size: number;
  private readonly count: number;

  /** `taken` lies in memory that both threads share: how often a slice was asked for. */
  constructor(
    readonly rows: Rows,
    readonly taken = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)),
  ) {
    this.size = EVEN_ROWS * Math.ceil(rows.count / SLICES / EVEN_ROWS);
    this.count = Math.ceil(rows.count / this.size);
  }

  /** Takes a slice each time that the next one is asked for. */
  *fromFront(): Generator<Rows> {
    for (let slice = 0; this.take(); slice++) yield this.at(slice);
  }

  /** The same from the other end. */
  *fromBack(): Generator<Rows> {
    for (let slice = this.count - 1; this.take(); slice--) yield this.at(slice);
  }

  /** What the thread that takes them from the back needs: a copy of the rows, as a thread takes what it is given. */
  forHelper(): Work {
    return { rows: { ...this.rows, numbers: this.rows.numbers.slice() }, taken: this.taken, isShort: true };
  }

  /** Leaves none for the other. */
  takeAll(): void {
    Atomics.add(this.taken, 0, this.count);
  }

  private take(): boolean {
    return Atomics.add(this.taken, 0, 1) < this.count;
  }

  private at(slice: number): Rows {
    return cut(this.rows, slice * this.size, Math.min((slice + 1) * this.size, this.rows.count));
  }
}
