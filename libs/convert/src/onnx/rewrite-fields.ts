import { WireReader } from './wire-reader.js';

const LENGTH_DELIMITED = 2;

/** What becomes of a field: its payload as it is, another one, or undefined to leave the field out. */
export type Rewrite = (payload: Uint8Array) => Uint8Array | undefined;

/** Copies a protobuf message byte for byte, but for the length-delimited fields of one number. */
export function rewriteFields(message: Uint8Array, field: number, rewrite: Rewrite): Uint8Array {
  const parts: Uint8Array[] = [];
  const reader = new WireReader(message);
  while (reader.next()) parts.push(...rewritten(message, reader, field, rewrite));
  return Buffer.concat(parts);
}

function rewritten(message: Uint8Array, reader: WireReader, field: number, rewrite: Rewrite): Uint8Array[] {
  if (reader.field !== field) {
    reader.skip();
    return [message.subarray(reader.start, reader.end)];
  }
  const before = reader.payload();
  const after = rewrite(before);
  if (after === before) return [message.subarray(reader.start, reader.end)];
  return after ? [lengthDelimited(field, after)] : [];
}

/** A field that holds bytes, text or a message. */
export function lengthDelimited(field: number, payload: Uint8Array): Uint8Array {
  return Buffer.concat([varint(field * 8 + LENGTH_DELIMITED), varint(payload.length), payload]);
}

/** A field that holds a whole number of 0 or more. */
export function wholeNumber(field: number, value: number): Uint8Array {
  return Buffer.concat([varint(field * 8), varint(value)]);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.of(...bytes, rest);
    bytes.push((rest % 128) | 128);
  }
}
