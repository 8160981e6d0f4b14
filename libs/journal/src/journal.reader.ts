import { type FileHandle, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Position, segmentName, segmentNumber } from './format.js';
import { readRecords, type SegmentPart } from './read-segment.js';

const WINDOW_BYTES = 256 * 1024;
// A large record has made it large: its memory is given back.
const LARGEST_KEPT_BYTES = 16 * WINDOW_BYTES;

/** The numbers of the segments in a folder, oldest first. */
export async function segmentsIn(folder: string): Promise<number[]> {
  const numbers = (await readdir(folder)).map(segmentNumber).filter((number) => number !== undefined);
  return numbers.toSorted((a, b) => a - b);
}

/** Reads segments, one window of bytes after the other, into the same memory. */
export class SegmentReader {
  private window = Buffer.allocUnsafeSlow(WINDOW_BYTES);

  /**
   * Reads whole records behind `from`, about a quarter of a megabyte of them at a time, and at least one. `until` is how far
   * the segment may be read; undefined for a segment that nobody writes any more: it is read to its end. The records are
   * good until the next read.
   */
  async read(folder: string, from: Position, until?: number): Promise<SegmentPart> {
    const file = await open(join(folder, segmentName(from.segment)), 'r');
    try {
      const end = until ?? (await file.stat()).size;
      return await this.readWindow(file, from.offset, end, until === undefined);
    } finally {
      await file.close();
    }
  }

  // A record may be larger than the window: then the window grows until one fits.
  private async readWindow(file: FileHandle, from: number, end: number, isClosed: boolean): Promise<SegmentPart> {
    for (let bytes = WINDOW_BYTES; ; bytes *= 2) {
      const to = Math.min(end, from + bytes);
      const part = readRecords(await this.readBytes(file, from, to), from, isClosed && to === end);
      if (part.records.length > 0 || to === end) return part;
    }
  }

  private async readBytes(file: FileHandle, from: number, to: number): Promise<Buffer> {
    const length = Math.max(0, to - from);
    if (length > this.window.length || this.window.length > LARGEST_KEPT_BYTES)
      this.window = Buffer.allocUnsafeSlow(Math.max(length, WINDOW_BYTES));
    const { bytesRead } = await file.read(this.window, 0, length, from);
    return this.window.subarray(0, bytesRead);
  }
}
