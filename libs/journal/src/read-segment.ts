import { crc32 } from 'node:zlib';
import { FRAME_BYTES, SEGMENT_HEADER } from './format.js';

/** A record's payload and the offset at which the record ends. */
export interface JournalRecord {
  readonly payload: Buffer;
  readonly end: number;
}

/** What a stretch of a segment holds. */
export interface SegmentPart {
  readonly records: readonly JournalRecord[];
  /** Where reading goes on. */
  readonly end: number;
  /** Bytes that hold no whole record: a crash while writing, or a damaged disk. */
  readonly damagedBytes: number;
}

/**
 * Reads the whole records of `bytes`, which begin at `offset` of a segment. `isAll` where nothing will ever follow:
 * then a record that is not whole is damage, else it is left for the next read.
 */
export function readRecords(bytes: Buffer, offset: number, isAll: boolean): SegmentPart {
  const records: JournalRecord[] = [];
  let at = offset === 0 ? SEGMENT_HEADER.length : 0;
  let damagedBytes = 0;
  for (let length; (length = wholeRecord(bytes, at)) !== undefined; at += FRAME_BYTES + length) {
    const payload = bytes.subarray(at + FRAME_BYTES, at + FRAME_BYTES + length);
    // Its length is whole, so what follows it can still be read.
    if (crc32(payload) === bytes.readUInt32LE(at + 4))
      records.push({ payload, end: offset + at + FRAME_BYTES + length });
    else damagedBytes += FRAME_BYTES + length;
  }
  if (!isAll) return { records, end: offset + at, damagedBytes };
  return { records, end: offset + bytes.length, damagedBytes: damagedBytes + Math.max(0, bytes.length - at) };
}

/** The length of the record at `at`; undefined where it is not all there. A length of 0 is no record: files may end in zeros after a power loss. */
function wholeRecord(bytes: Buffer, at: number): number | undefined {
  if (at + FRAME_BYTES > bytes.length) return undefined;
  const length = bytes.readUInt32LE(at);
  return length > 0 && at + FRAME_BYTES + length <= bytes.length ? length : undefined;
}
