const FIRST_CAPACITY = 256;
/** Bytes of at least this length are kept by reference until the whole model is joined: a forest is copied once. */
const KEPT_BY_REFERENCE = 4096;

/** Writes protobuf's wire format: https://protobuf.dev/programming-guides/encoding. */
export class ProtoWriter {
  readonly #done: Uint8Array[] = [];
  #doneLength = 0;
  #open = Buffer.allocUnsafe(FIRST_CAPACITY);
  #used = 0;

  /** The number of bytes written so far. */
  get length(): number {
    return this.#doneLength + this.#used;
  }

  /** A whole number of magnitude up to 2^53; a negative one takes ten bytes, as int64 in protobuf does. */
  int(field: number, value: number): this {
    return this.#tag(field, 0).#varint(value);
  }

  float(field: number, value: number): this {
    this.#tag(field, 5);
    this.#reserve(4);
    this.#used = this.#open.writeFloatLE(value, this.#used);
    return this;
  }

  bytes(field: number, bytes: Uint8Array): this {
    this.#tag(field, 2).#varint(bytes.length);
    return bytes.length < KEPT_BY_REFERENCE ? this.#copy(bytes) : this.#keep(bytes);
  }

  text(field: number, text: string): this {
    return this.bytes(field, Buffer.from(text, 'utf8'));
  }

  message(field: number, message: ProtoWriter): this {
    return this.#tag(field, 2).#varint(message.length).append(message);
  }

  /** A packed list of whole numbers of 0 and more. */
  packedInts(field: number, values: ArrayLike<number>): this {
    const packed = new ProtoWriter();
    for (let i = 0; i < values.length; i++) packed.#varint(values[i]);
    return this.message(field, packed);
  }

  /** All that the other writer holds, without a tag. */
  append(other: ProtoWriter): this {
    for (const part of other.#done) this.#keep(part);
    return this.#copy(other.#open.subarray(0, other.#used));
  }

  toBytes(): Uint8Array {
    return Buffer.concat([...this.#done, this.#open.subarray(0, this.#used)], this.length);
  }

  #tag(field: number, wireType: number): this {
    return this.#varint(field * 8 + wireType);
  }

  #varint(value: number): this {
    this.#reserve(10);
    if (value < 0) return this.#negative(value);
    for (let rest = value; ; rest = Math.floor(rest / 128)) {
      if (rest < 128) {
        this.#open[this.#used++] = rest;
        return this;
      }
      this.#open[this.#used++] = (rest % 128) | 128;
    }
  }

  #negative(value: number): this {
    let rest = BigInt.asUintN(64, BigInt(value));
    for (; rest > 127n; rest >>= 7n) this.#open[this.#used++] = Number(rest & 127n) | 128;
    this.#open[this.#used++] = Number(rest);
    return this;
  }

  #copy(bytes: Uint8Array): this {
    this.#reserve(bytes.length);
    this.#open.set(bytes, this.#used);
    this.#used += bytes.length;
    return this;
  }

  #keep(bytes: Uint8Array): this {
    this.#close();
    this.#done.push(bytes);
    this.#doneLength += bytes.length;
    return this;
  }

  #close(): void {
    if (this.#used === 0) return;
    this.#done.push(this.#open.subarray(0, this.#used));
    this.#doneLength += this.#used;
    this.#open = Buffer.allocUnsafe(FIRST_CAPACITY);
    this.#used = 0;
  }

  #reserve(length: number): void {
    if (this.#used + length <= this.#open.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#used + length, 2 * this.#open.length));
    this.#open.copy(larger, 0, 0, this.#used);
    this.#open = larger;
  }
}
