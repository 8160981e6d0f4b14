/** Bytes for tests: numbers are bytes (opcodes, arguments), texts are Latin-1, arrays are bytes as they are. */
export function handMade(...parts: readonly (number | string | Uint8Array)[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts.map(bytesOf)));
}

function bytesOf(part: number | string | Uint8Array): Uint8Array {
  if (part instanceof Uint8Array) return part;
  return typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part, 'latin1');
}

/** SHORT_BINUNICODE. */
export function text(content: string): Uint8Array {
  const encoded = Buffer.from(content, 'utf8');
  return handMade(0x8c, encoded.length, encoded);
}

/** GLOBAL. */
export function global(module: string, name: string): Uint8Array {
  return handMade(`c${module}\n${name}\n`);
}

/** A little-endian number of 4 bytes, or of 8. */
export function littleEndian(value: number | bigint, length: 4 | 8 = 4): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes.subarray(0, length);
}
