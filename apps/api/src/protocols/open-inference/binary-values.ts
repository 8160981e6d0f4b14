import { isUtf8 } from 'node:buffer';
import { type Datatype, WIDTHS } from './datatypes.js';
import type { OutputTensor } from './output-tensors.js';
import { show, sizeOfShape, tensorInvalid, type WireTensor } from './tensor.js';

type Values = ArrayLike<number | boolean | string>;

/** Reads the little-endian bytes of a tensor; their number is checked before anything is allocated. */
export function readBinary({ name, datatype, shape }: Omit<WireTensor, 'data'>, bytes: Buffer): Values {
  const count = sizeOfShape(name, shape);
  if (datatype === 'BYTES') return readTexts(name, bytes, count);
  const expected = count * WIDTHS[datatype];
  if (bytes.length === expected) return READERS[datatype](bytes, name);
  throw tensorInvalid(name, `has ${bytes.length} bytes, but its shape ${show(shape)} of ${datatype} says ${expected}`);
}

// A copy: typed arrays need an alignment that the bytes of a request do not have.
function aligned({ buffer, byteOffset, byteLength }: Buffer): ArrayBuffer {
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
}

// Every platform that Node runs on is little-endian, as the protocol is.
const READERS: Readonly<Record<Exclude<Datatype, 'BYTES'>, (bytes: Buffer, name: string) => Values>> = {
  BOOL: (bytes, name) => Array.from(bytes, (byte) => truthOf(byte, name)),
  UINT8: (bytes) => bytes,
  UINT16: (bytes) => new Uint16Array(aligned(bytes)),
  UINT32: (bytes) => new Uint32Array(aligned(bytes)),
  UINT64: (bytes, name) => Array.from(new BigUint64Array(aligned(bytes)), (value) => exact(value, name)),
  INT8: (bytes) => new Int8Array(aligned(bytes)),
  INT16: (bytes) => new Int16Array(aligned(bytes)),
  INT32: (bytes) => new Int32Array(aligned(bytes)),
  INT64: (bytes, name) => Array.from(new BigInt64Array(aligned(bytes)), (value) => exact(value, name)),
  FP16: (bytes) => Float64Array.from(new Uint16Array(aligned(bytes)), halfOf),
  BF16: (bytes) => new Float32Array(Uint32Array.from(new Uint16Array(aligned(bytes)), (bits) => bits << 16).buffer),
  FP32: (bytes) => new Float32Array(aligned(bytes)),
  FP64: (bytes) => new Float64Array(aligned(bytes)),
};

function truthOf(byte: number, name: string): boolean {
  if (byte > 1) throw tensorInvalid(name, `holds the byte ${byte}, which is not a value of BOOL (0 or 1)`);
  return byte === 1;
}

/** A 64-bit whole number as the double that equals it. */
export function exact(value: bigint, name: string): number {
  const number = Number(value);
  if (BigInt(number) === value) return number;
  throw tensorInvalid(name, `holds ${value}, which no double holds exactly`);
}

// IEEE 754 half precision: 1 bit of sign, 5 of exponent, 10 of fraction.
function halfOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

const LENGTH_BYTES = 4;

function readTexts(name: string, bytes: Buffer, count: number): string[] {
  if (count * LENGTH_BYTES > bytes.length) throw tensorInvalid(name, `has fewer bytes than ${count} values need`);
  const texts: string[] = [];
  let at = 0;
  while (texts.length < count) {
    const end = at + LENGTH_BYTES <= bytes.length ? at + LENGTH_BYTES + bytes.readUInt32LE(at) : Infinity;
    if (end > bytes.length) throw tensorInvalid(name, `ends inside value ${texts.length}`);
    texts.push(textOf(bytes.subarray(at + LENGTH_BYTES, end), name));
    at = end;
  }
  if (at === bytes.length) return texts;
  throw tensorInvalid(name, `has ${bytes.length - at} bytes behind its ${count} values`);
}

/** Bytes of a BYTES value as the text that they are. */
export function textOf(bytes: Buffer, name: string): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  throw tensorInvalid(name, 'holds a value that is not UTF-8');
}

/** The bytes of an output tensor, little-endian; NaN where a value is missing. */
export function writeBinary({ datatype, data }: OutputTensor): Buffer {
  if (datatype === 'BYTES') return Buffer.concat(data.map((text) => lengthAndBytes(String(text))));
  if (datatype === 'BOOL') return Buffer.from(data.map(Number));
  if (datatype === 'INT64') return Buffer.from(BigInt64Array.from(data.map((value) => BigInt(Number(value)))).buffer);
  return Buffer.from(Float64Array.from(data, (value) => (value === null ? NaN : Number(value))).buffer);
}

function lengthAndBytes(text: string): Buffer {
  const bytes = Buffer.from(text);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([length, bytes]);
}
