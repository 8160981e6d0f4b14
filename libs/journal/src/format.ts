import { crc32 } from 'node:zlib';

/** The first bytes of every segment: "SKJ", and the version of this format. */
export const SEGMENT_HEADER = Buffer.from('SKJ\x01', 'latin1');

/** Bytes in front of a record: the length of its payload and the payload's CRC-32, both little-endian unsigned 32-bit. */
export const FRAME_BYTES = 8;

/** Where a record ends: bytes from the start of a segment. Positions order first by segment, then by offset. */
export interface Position {
  readonly segment: number;
  readonly offset: number;
}

/** Completes a frame whose payload of `length` bytes is already written behind it. */
export function writeFrame(target: Buffer, at: number, length: number): void {
  target.writeUInt32LE(length, at);
  target.writeUInt32LE(crc32(target.subarray(at + FRAME_BYTES, at + FRAME_BYTES + length)), at + 4);
}

export function isBefore(a: Position, b: Position): boolean {
  return a.segment < b.segment || (a.segment === b.segment && a.offset < b.offset);
}

const SEGMENT_NAME = /^(\d{10})\.journal$/;

export function segmentName(segment: number): string {
  return `${String(segment).padStart(10, '0')}.journal`;
}

/** The number of a segment's file; undefined for a file that is none. */
export function segmentNumber(fileName: string): number | undefined {
  const found = SEGMENT_NAME.exec(fileName);
  return found ? Number(found[1]) : undefined;
}
