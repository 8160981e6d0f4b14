import { unreadable } from '../trees/index.js';
import { MAX_DEPTH, type Part } from './document.js';

// Markers of UBJSON, draft 12 (https://ubjson.org), those that XGBoost writes.
const MARKERS = {
  null: 'Z',
  true: 'T',
  false: 'F',
  text: 'S',
  character: 'C',
  openList: '[',
  closeList: ']',
  openObject: '{',
  closeObject: '}',
  type: '$',
  count: '#',
} as const;

interface NumberFormat {
  readonly size: number;
  readonly read: (view: DataView, at: number) => number;
}

/** Big-endian, as UBJSON has it. */
const NUMBERS: ReadonlyMap<string, NumberFormat> = new Map([
  ['i', { size: 1, read: (view, at) => view.getInt8(at) }],
  ['U', { size: 1, read: (view, at) => view.getUint8(at) }],
  ['I', { size: 2, read: (view, at) => view.getInt16(at) }],
  ['l', { size: 4, read: (view, at) => view.getInt32(at) }],
  ['L', { size: 8, read: (view, at) => Number(view.getBigInt64(at)) }],
  ['d', { size: 4, read: (view, at) => view.getFloat32(at) }],
  ['D', { size: 8, read: (view, at) => view.getFloat64(at) }],
]);

/** Reads a UBJSON model into Maps and typed arrays; no length is believed before the bytes are known to be there. */
export function readUbjson(bytes: Uint8Array): Part {
  return new UbjsonReader(bytes).part(0);
}

class UbjsonReader {
  readonly #view: DataView;
  #position = 0;

  constructor(private readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  part(depth: number, marker = this.#marker()): Part {
    if (depth > MAX_DEPTH) unreadable(`the XGBoost model is nested deeper than ${MAX_DEPTH}`);
    if (marker === MARKERS.openObject) return this.#members(depth);
    if (marker === MARKERS.openList) return this.#list(depth);
    if (marker === MARKERS.text) return this.#text();
    if (marker === MARKERS.character) return String.fromCharCode(this.bytes[this.#advance(1)]);
    if (marker === MARKERS.null) return null;
    if (marker === MARKERS.true || marker === MARKERS.false) return marker === MARKERS.true;
    return this.#number(marker);
  }

  #members(depth: number): Part {
    const count = this.#accept(MARKERS.count) ? this.#length() : Infinity;
    const members = new Map<string, Part>();
    for (let i = 0; i < count && !(count === Infinity && this.#accept(MARKERS.closeObject)); i++) {
      members.set(this.#text(), this.part(depth + 1));
    }
    return members;
  }

  #list(depth: number): Part {
    const type = this.#accept(MARKERS.type) ? this.#marker() : undefined;
    if (this.#accept(MARKERS.count)) return this.#counted(this.#length(), type, depth);
    if (type !== undefined) unreadable('a typed list of the XGBoost model has no length');
    const items: Part[] = [];
    while (!this.#accept(MARKERS.closeList)) items.push(this.part(depth + 1));
    return items;
  }

  #counted(count: number, type: string | undefined, depth: number): Part {
    const format = type === undefined ? undefined : NUMBERS.get(type);
    if (format) return this.#numbers(count, format);
    if (type !== undefined) unreadable(`a list of type ${JSON.stringify(type)} in the XGBoost model`);
    const items: Part[] = [];
    for (let i = 0; i < count; i++) items.push(this.part(depth + 1));
    return items;
  }

  #numbers(count: number, { size, read }: NumberFormat): Float64Array {
    const start = this.#advance(count * size);
    const numbers = new Float64Array(count);
    for (let i = 0; i < count; i++) numbers[i] = read(this.#view, start + i * size);
    return numbers;
  }

  #number(marker: string): number {
    const format =
      NUMBERS.get(marker) ?? unreadable(`the XGBoost model has the UBJSON marker ${JSON.stringify(marker)}`);
    return format.read(this.#view, this.#advance(format.size));
  }

  #text(): string {
    const length = this.#length();
    const start = this.#advance(length);
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + start, length).toString('utf8');
  }

  #length(): number {
    const length = this.#number(this.#marker());
    return Number.isInteger(length) && length >= 0 ? length : unreadable('a length in the XGBoost model is not one');
  }

  #accept(marker: string): boolean {
    if (this.bytes[this.#position] !== marker.charCodeAt(0)) return false;
    this.#position++;
    return true;
  }

  #marker(): string {
    return String.fromCharCode(this.bytes[this.#advance(1)]);
  }

  #advance(length: number): number {
    const start = this.#position;
    if (length > this.bytes.length - start) unreadable('the XGBoost model is cut');
    this.#position += length;
    return start;
  }
}
