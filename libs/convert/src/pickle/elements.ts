import { type DType, typeName } from './dtype.js';
import { broken } from './pickle-fault.js';

/** The numbers of an array in C order; booleans are 0 and 1 in a Uint8Array, float16 becomes Float32Array. */
export type NumberElements =
  | Float64Array
  | Float32Array
  | BigInt64Array
  | BigUint64Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array;

type Decoder = (memory: ArrayBuffer) => NumberElements;

const ELEMENTS: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ['f8', (memory) => new Float64Array(memory)],
  ['f4', (memory) => new Float32Array(memory)],
  ['f2', (memory) => Float32Array.from(new Uint16Array(memory), halfToNumber)],
  ['i8', (memory) => new BigInt64Array(memory)],
  ['u8', (memory) => new BigUint64Array(memory)],
  ['i4', (memory) => new Int32Array(memory)],
  ['u4', (memory) => new Uint32Array(memory)],
  ['i2', (memory) => new Int16Array(memory)],
  ['u2', (memory) => new Uint16Array(memory)],
  ['i1', (memory) => new Int8Array(memory)],
  ['u1', (memory) => new Uint8Array(memory)],
  ['b1', (memory) => new Uint8Array(memory)],
]);

/** Decodes packed elements of a plain number type, in their own memory. */
export function decodeNumbers(bytes: Uint8Array, dtype: DType): NumberElements {
  const decode = ELEMENTS.get(typeName(dtype)) ?? broken(`numbers of numpy dtype ${typeName(dtype)}`);
  // A copy: typed arrays want aligned memory, and the file must not change with it.
  const memory = new Uint8Array(bytes);
  if (!dtype.littleEndian) swapBytes(memory, dtype.itemSize);
  return decode(memory.buffer);
}

/** Decodes packed elements of kind U (UTF-32, padded with zeros) or S (bytes read as Latin-1, padded with zeros). */
export function decodeTexts(bytes: Uint8Array, dtype: DType): string[] {
  const decode = dtype.kind === 'U' ? utf32Text : latin1Text;
  const count = dtype.itemSize === 0 ? 0 : bytes.length / dtype.itemSize;
  return Array.from({ length: count }, (_, i) =>
    decode(bytes.subarray(i * dtype.itemSize, (i + 1) * dtype.itemSize), dtype.littleEndian),
  );
}

function utf32Text(bytes: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const characters = Array.from({ length: bytes.length / 4 }, (_, i) => character(view.getUint32(4 * i, littleEndian)));
  return withoutPadding(characters.join(''));
}

function character(codePoint: number): string {
  return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : broken('a text of an array that is not Unicode');
}

function latin1Text(bytes: Uint8Array): string {
  return withoutPadding(Buffer.from(bytes).toString('latin1'));
}

function withoutPadding(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
  return text.slice(0, end);
}

function swapBytes(memory: Uint8Array, itemSize: number): void {
  for (let start = 0; start < memory.length; start += itemSize) memory.subarray(start, start + itemSize).reverse();
}

/** IEEE 754 binary16. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
