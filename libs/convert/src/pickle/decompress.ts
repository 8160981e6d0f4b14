import { gunzipSync, inflateSync } from 'node:zlib';
import { broken, tooComplex, unsupported } from './pickle-fault.js';

/** How a file was compressed, as far as it can be read. */
export type Compression = 'none' | 'zlib' | 'gzip';

/** The pickle stream of a file, and how it was packed. */
export interface UnpackedFile {
  readonly compression: Compression;
  readonly stream: Uint8Array;
}

/** Unpacks a file that joblib compressed as a whole; stops as soon as it grows beyond `maxBytes`. */
export function decompress(file: Uint8Array, maxBytes: number): UnpackedFile {
  if (file.length === 0) broken('the file is empty');
  if (file.length > maxBytes) tooComplex(`the file has more than ${maxBytes} bytes`);
  refuseOtherCompressors(file);
  if (isGzip(file)) return { compression: 'gzip', stream: inflate(gunzipSync, file, maxBytes) };
  if (isZlib(file)) return { compression: 'zlib', stream: inflate(inflateSync, file, maxBytes) };
  return { compression: 'none', stream: file };
}

function inflate(unpack: typeof inflateSync, file: Uint8Array, maxBytes: number): Uint8Array {
  try {
    return unpack(file, { maxOutputLength: maxBytes });
  } catch (error) {
    return refuseStream(error as NodeJS.ErrnoException, maxBytes);
  }
}

function refuseStream(error: NodeJS.ErrnoException, maxBytes: number): never {
  if (error.code === 'ERR_BUFFER_TOO_LARGE') tooComplex(`the file decompresses to more than ${maxBytes} bytes`);
  broken(`the compressed stream is damaged (${error.code})`);
}

function isGzip(file: Uint8Array): boolean {
  return startsWith(file, [0x1f, 0x8b]);
}

/** The two header bytes of zlib are a multiple of 31 (RFC 1950); no opcode that begins a pickle is 0x78. */
function isZlib(file: Uint8Array): boolean {
  return file[0] === 0x78 && (file[0] * 256 + (file[1] ?? 0)) % 31 === 0;
}

const OTHER_COMPRESSORS: readonly (readonly [name: string, magic: readonly number[]])[] = [
  ['bz2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['lzma', [0x5d, 0x00, 0x00]],
  ['lz4', [0x04, 0x22, 0x4d, 0x18]],
  ['the ZFile format of joblib before 0.10', [0x5a, 0x46]],
];

function refuseOtherCompressors(file: Uint8Array): void {
  const [name] = OTHER_COMPRESSORS.find(([, magic]) => startsWith(file, magic)) ?? [];
  if (name === undefined) return;
  unsupported(
    `the file is compressed with ${name}`,
    "Use zlib: joblib.dump(model, 'model.joblib', compress=('zlib', 3))",
  );
}

function startsWith(file: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, i) => file[i] === byte);
}
