import { broken } from './pickle-fault.js';

const NEWLINE = 10;

// ignoreBOM keeps a leading U+FEFF: it is part of the text here, as it is in Python.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads a file from front to back; no length is believed before the bytes are known to be there. */
export class ByteCursor {
  readonly #view: DataView;
  readonly #buffer: Buffer;
  /** Where the opcode that is being followed stands: the place that a refusal names. */
  opcodeOffset = 0;

  constructor(
    readonly bytes: Uint8Array,
    public position = 0,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  opcode(): number {
    this.opcodeOffset = this.position;
    return this.uint8();
  }

  uint8(): number {
    return this.bytes[this.#advance(1)];
  }

  uint16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#advance(4), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  /** An 8-byte length; one beyond 2^53 is returned rounded, and is too long for any file all the same. */
  uint64(): number {
    return Number(this.#view.getBigUint64(this.#advance(8), true));
  }

  bigEndianDouble(): number {
    return this.#view.getFloat64(this.#advance(8), false);
  }

  /** The next bytes, as a view on the file. */
  take(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.bytes.subarray(start, start + length);
  }

  utf8(length: number): string {
    const encoded = this.take(length);
    try {
      return utf8.decode(encoded);
    } catch {
      return broken('text that is not UTF-8');
    }
  }

  latin1(length: number): string {
    const start = this.#advance(length);
    return this.#buffer.toString('latin1', start, start + length);
  }

  /** The text up to the next newline, which is passed. */
  line(maxLength: number): string {
    const end = this.#buffer.indexOf(NEWLINE, this.position);
    const length = (end < 0 ? this.bytes.length : end) - this.position;
    if (length > maxLength) broken(`a line of more than ${maxLength} characters`);
    if (end < 0) broken('a line without an end');
    const text = this.latin1(length);
    this.position++;
    return text;
  }

  #advance(length: number): number {
    const start = this.position;
    const left = this.bytes.length - start;
    if (!(length >= 0 && length <= left)) broken(`${length} bytes are announced where the file has ${left} left`);
    this.position = start + length;
    return start;
  }
}
