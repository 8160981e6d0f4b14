import { BSON, type Document } from 'bson';

// Types of elements, as the specification of BSON numbers them.
const DOUBLE = 1;
const TEXT = 2;
export const DOCUMENT = 3;
const LIST = 4;
export const OBJECT_ID = 7;
const BOOLEAN = 8;
export const DATE = 9;
const NULL = 10;
const INT32 = 16;
const LEAST_BYTES = 64 * 1024;
const LARGEST_KEPT_BYTES = 8 * 1024 * 1024;
const MOST_BYTES_PER_CHARACTER = 3;

/** The name of an element and its closing zero, which no name can hold; it is shown in its place. */
export type Key = Uint8Array;

export function keyOf(name: string): Key {
  return Buffer.from(`${name.replaceAll('\0', '\u2400')}\0`);
}

/** Where little-endian doubles lie: the first one, and how far apart they are. */
export interface Doubles {
  readonly view: DataView;
  readonly at: number;
  readonly step: number;
}

/** The elements of a document without what is around them. */
export function elementsOf(document: Document): Uint8Array {
  return BSON.serialize(document).subarray(4, -1);
}

const PLACES: Key[] = [];

// A list has its places for names.
function placeKey(place: number): Key {
  return (PLACES[place] ??= keyOf(String(place)));
}

/** Writes BSON documents one behind the other, number types chosen as the driver does. */
export class BsonWriter {
  private bytes: Buffer;
  // Memory outside of V8's heap makes it collect its garbage: so two buffers take turns.
  private other: Buffer = Buffer.allocUnsafeSlow(LEAST_BYTES);
  private view: DataView;
  private at = 0;
  private reserved = 0;

  constructor() {
    this.use(Buffer.allocUnsafeSlow(LEAST_BYTES));
  }

  /** Makes room for a document of which all but texts and copies, which make their own, takes at most so many bytes. */
  reserve(bytes: number): void {
    this.reserved = bytes;
    this.makeRoom(0);
  }

  /** Begins a document; gives where, for `end`. */
  begin(): number {
    this.at += 4;
    return this.at - 4;
  }

  end(began: number): void {
    this.bytes[this.at++] = 0;
    this.view.setInt32(began, this.at - began, true);
  }

  /** Bytes as they are. */
  raw(bytes: Uint8Array): void {
    // Most are a few bytes: `set` takes longer to begin than these take to copy.
    for (let i = 0; i < bytes.length; i++) this.bytes[this.at + i] = bytes[i]!;
    this.at += bytes.length;
  }

  /** A whole document, or elements of one, of any length. */
  copy(bytes: Uint8Array): void {
    this.makeRoom(bytes.length);
    this.bytes.set(bytes, this.at);
    this.at += bytes.length;
  }

  byte(value: number): void {
    this.bytes[this.at++] = value;
  }

  /** Begins an element; its value follows. */
  element(type: number, key: Key): void {
    this.bytes[this.at++] = type;
    this.raw(key);
  }

  /** A document within one, whose elements `write` writes. */
  document(key: Key, write: () => void): void {
    this.element(DOCUMENT, key);
    const began = this.begin();
    write();
    this.end(began);
  }

  /** A list, each item an element that `write` writes. */
  list(key: Key, count: number, write: (place: Key, index: number) => void): void {
    this.element(LIST, key);
    const began = this.begin();
    for (let index = 0; index < count; index++) write(placeKey(index), index);
    this.end(began);
  }

  /** A list of so many doubles, which stand `step` bytes apart from each other; NaN becomes null. */
  numbers(key: Key, count: number, { view, at, step }: Doubles): void {
    this.element(LIST, key);
    const began = this.begin();
    for (let place = 0; place < count; place++)
      this.numberOrNull(placeKey(place), view.getFloat64(at + place * step, true));
    this.end(began);
  }

  /** A whole number of up to 53 bits, as 64. */
  int64(value: number): void {
    this.view.setUint32(this.at, value >>> 0, true);
    this.view.setInt32(this.at + 4, Math.floor(value / 2 ** 32), true);
    this.at += 8;
  }

  number(key: Key, value: number): void {
    if ((value | 0) === value && !Object.is(value, -0)) {
      this.element(INT32, key);
      this.view.setInt32(this.at, value, true);
      this.at += 4;
    } else {
      this.element(DOUBLE, key);
      this.view.setFloat64(this.at, value, true);
      this.at += 8;
    }
  }

  /** A number; NaN, which stands for a missing one, becomes null. */
  numberOrNull(key: Key, value: number): void {
    if (Number.isNaN(value)) this.null(key);
    else this.number(key, value);
  }

  null(key: Key): void {
    this.element(NULL, key);
  }

  boolean(key: Key, value: boolean): void {
    this.element(BOOLEAN, key);
    this.bytes[this.at++] = value ? 1 : 0;
  }

  text(key: Key, value: string): void {
    this.makeRoom(MOST_BYTES_PER_CHARACTER * value.length);
    this.element(TEXT, key);
    const written = this.bytes.write(value, this.at + 4);
    this.view.setInt32(this.at, written + 1, true);
    this.at += 4 + written;
    this.bytes[this.at++] = 0;
  }

  /** How many bytes were written. */
  get length(): number {
    return this.at;
  }

  /** Forgets what was written behind so many bytes. */
  cutTo(length: number): void {
    this.at = length;
  }

  /** Gives what was written and begins anew; the bytes are good until the next but one call. */
  take(): Buffer {
    const taken = this.bytes.subarray(0, this.at);
    const { other } = this;
    this.other = this.bytes.length > LARGEST_KEPT_BYTES ? Buffer.allocUnsafeSlow(LEAST_BYTES) : this.bytes;
    this.use(other);
    this.at = 0;
    return taken;
  }

  private makeRoom(bytes: number): void {
    const needed = this.at + this.reserved + bytes;
    if (needed <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.bytes.length, needed));
    this.bytes.copy(larger, 0, 0, this.at);
    this.use(larger);
  }

  private use(bytes: Buffer): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }
}
