import { tooComplex, unreadable } from './refusals.js';

/** Protobuf's wire types, as far as ONNX uses them. */
const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;

const MAX_DEPTH = 64;
const MAX_PARTS = 500_000;
const MAX_TEXT_BYTES = 4_000_000;
const MAX_VARINT_BYTES = 10;
/** 49 bits: a double holds them without help from BigInt. */
const EXACT_VARINT_BYTES = 7;

interface Budget {
  parts: number;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Walks the fields of one protobuf message. After `next()` says true, exactly one of the reading methods, or `skip`,
 * consumes the field. Every length is checked against the bytes that are there; parts and depth are counted over the
 * whole file. Throws only ConversionRefused.
 */
export class WireReader {
  /** The current field's number. */
  field = 0;
  /** Where the current field's tag begins. */
  start = 0;
  private wireType = 0;
  private at = 0;

  constructor(
    readonly bytes: Uint8Array,
    private readonly depth = 0,
    private readonly budget: Budget = { parts: MAX_PARTS },
  ) {}

  /** Where the next field begins, once the current one is consumed. */
  get end(): number {
    return this.at;
  }

  /** Moves to the next field; false at the end of the message. */
  next(): boolean {
    if (this.at === this.bytes.length) return false;
    this.start = this.at;
    const tag = this.varint();
    if (tag < 8 || tag > 0xffffffff) throw unreadable(`it has an impossible field at byte ${this.start}`);
    this.field = tag >>> 3;
    this.wireType = tag & 7;
    return true;
  }

  /** Whether the current field holds several numbers in one. */
  get isPacked(): boolean {
    return this.wireType === LENGTH_DELIMITED;
  }

  /** The current field as a signed whole number that a double holds exactly. */
  int(): number {
    this.expect(VARINT);
    return this.varint();
  }

  /** The current field's bytes, as a view. */
  payload(): Uint8Array {
    this.expect(LENGTH_DELIMITED);
    return this.take(this.varint());
  }

  /** The current field as text. */
  text(): string {
    this.spend();
    return decodeText(this.payload());
  }

  /** The current field as a nested message. */
  message(): WireReader {
    this.spend();
    if (this.depth === MAX_DEPTH) throw tooComplex(`it is nested deeper than ${MAX_DEPTH} levels`);
    return new WireReader(this.payload(), this.depth + 1, this.budget);
  }

  /** Appends the whole numbers of the current field, packed or single, to a list that may hold `limit` of them. */
  intsInto(list: number[], limit: number): void {
    if (!this.isPacked) return pushInt(list, this.int(), limit);
    const packed = new WireReader(this.payload());
    while (packed.at < packed.bytes.length) pushInt(list, packed.varint(), limit);
  }

  /** Whether the floats of the current field, packed or single, and of its like that follow it all pass a test. */
  everyFloat(test: (value: number) => boolean): boolean {
    if (this.isPacked) return everyFloat(this.payload(), 4, test);
    const from = this.at;
    this.expect(FIXED32);
    this.skip();
    return everyFloat(this.bytes.subarray(from, this.at), 5, test);
  }

  /** Passes over the current field, and over all of its kind that follow it. */
  skip(): void {
    this.skipOne();
    if (this.wireType === LENGTH_DELIMITED) return;
    const tag = this.bytes[this.start];
    // The numbers of an ONNX attribute stand as one field each: tens of millions of them in a large forest.
    while (tag < 0x80 && this.bytes[this.at] === tag) {
      this.at++;
      this.skipOne();
    }
  }

  private skipOne(): void {
    if (this.wireType === VARINT) this.skipVarint();
    else if (this.wireType === FIXED64) this.advance(8);
    else if (this.wireType === FIXED32) this.advance(4);
    else this.payload();
  }

  private varint(): number {
    const from = this.at;
    this.skipVarint();
    if (this.at - from > EXACT_VARINT_BYTES) return wholeNumber(this.bytes.subarray(from, this.at));
    let value = 0;
    for (let i = this.at - 1; i >= from; i--) value = value * 128 + (this.bytes[i] & 0x7f);
    return value;
  }

  private skipVarint(): void {
    const last = this.at + MAX_VARINT_BYTES;
    while (this.at < last) {
      if (this.at === this.bytes.length) throw unreadable('it ends in the middle of a number');
      if (this.bytes[this.at++] < 0x80) return;
    }
    throw unreadable('it holds a number of more than 10 bytes');
  }

  private take(length: number): Uint8Array {
    this.advance(length);
    return this.bytes.subarray(this.at - length, this.at);
  }

  private advance(length: number): void {
    if (length < 0 || length > this.bytes.length - this.at) throw unreadable('it ends before a part that it announces');
    this.at += length;
  }

  private expect(wireType: number): void {
    if (this.wireType !== wireType) throw unreadable(`field ${this.field} is stored in an unexpected way`);
  }

  private spend(): void {
    if (--this.budget.parts < 0) throw tooComplex(`it has more than ${MAX_PARTS} parts`);
  }
}

function everyFloat(raw: Uint8Array, step: number, test: (value: number) => boolean): boolean {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  for (let at = 0; at + 4 <= raw.byteLength; at += step) if (!test(view.getFloat32(at, true))) return false;
  return true;
}

function wholeNumber(varint: Uint8Array): number {
  const unsigned = varint.reduceRight((value, byte) => (value << 7n) | BigInt(byte & 0x7f), 0n);
  const value = BigInt.asIntN(64, unsigned);
  if (!Number.isSafeInteger(Number(value))) throw unreadable(`it holds ${value}, a number beyond 2^53`);
  return Number(value);
}

function pushInt(list: number[], value: number, limit: number): void {
  if (list.length === limit) throw tooComplex(`it holds a list of more than ${limit} numbers`);
  list.push(value);
}

/** UTF-8 bytes as text; refused when they are not UTF-8. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes.length > MAX_TEXT_BYTES) throw tooComplex(`it holds a text of more than ${MAX_TEXT_BYTES} bytes`);
  try {
    return utf8.decode(bytes);
  } catch (error) {
    throw unreadable('it holds a text that is not UTF-8', error);
  }
}
