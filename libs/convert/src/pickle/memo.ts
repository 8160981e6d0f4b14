import type { PyValue } from './values.js';

/** The values that a stream refers to again, by number. */
export class Memo {
  // Writers number from 0 up, which an array holds best; a file may name any number, and an array up to it could be huge.
  readonly #dense: PyValue[] = [];
  readonly #sparse = new Map<number, PyValue>();

  get size(): number {
    return this.#dense.length + this.#sparse.size;
  }

  get(index: number): PyValue | undefined {
    return index < this.#dense.length ? this.#dense[index] : this.#sparse.get(index);
  }

  set(index: number, value: PyValue): void {
    if (index <= this.#dense.length) this.#dense[index] = value;
    else this.#sparse.set(index, value);
  }
}
