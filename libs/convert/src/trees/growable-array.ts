type Numbers = Float64Array | Int32Array | Uint8Array;

/** A typed array that numbers are appended to. */
export class GrowableArray<T extends Numbers> {
  #numbers: T;
  #length = 0;

  constructor(private readonly make: new (length: number) => T) {
    this.#numbers = new make(64);
  }

  get length(): number {
    return this.#length;
  }

  /** Appends a number; returns its index. */
  push(value: number): number {
    if (this.#length === this.#numbers.length) this.#grow();
    this.#numbers[this.#length] = value;
    return this.#length++;
  }

  set(index: number, value: number): void {
    this.#numbers[index] = value;
  }

  /** What was appended, as a copy of exactly that length. */
  toArray(): T {
    return this.#numbers.slice(0, this.#length) as T;
  }

  #grow(): void {
    const larger = new this.make(2 * this.#numbers.length);
    larger.set(this.#numbers);
    this.#numbers = larger;
  }
}
