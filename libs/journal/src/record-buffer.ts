import { FRAME_BYTES, writeFrame } from './format.js';

const FIRST_BYTES = 256 * 1024;
// A large batch has made it large: its memory is given back.
const LARGEST_KEPT_BYTES = 16 * FIRST_BYTES;
// What is read at a time holds whole records: so one does not grow without end.
const LARGE_RECORD_BYTES = 64 * 1024;

/** Where an entry writes itself: the same bytes, twice. */
export interface EntryTarget {
  readonly bytes: Buffer;
  readonly view: DataView;
}

/** Something that can be written into the journal. */
export interface JournalEntry {
  /** What stands before it: written once for entries that follow one another and have the same one. */
  readonly head: Uint8Array;
  /** At most this many bytes will be written. */
  readonly maxBytes: number;
  /** Writes itself and returns the number of bytes, at least 1. */
  writeTo(target: EntryTarget, at: number): number;
}

/** Entries that wait to be written, as whole records. */
export class RecordBuffer {
  private target = targetOf(FIRST_BYTES);
  private filled = 0;
  private recordAt = 0;
  private head: Uint8Array | undefined;

  add(entry: JournalEntry): void {
    if (this.head !== entry.head || this.filled - this.recordAt > LARGE_RECORD_BYTES) this.begin(entry.head);
    this.makeRoom(entry.maxBytes);
    this.filled += entry.writeTo(this.target, this.filled);
  }

  /** The records since the last call; the bytes are good until the next entry is added. */
  take(): Uint8Array {
    this.endRecord();
    const records = this.target.bytes.subarray(0, this.filled);
    this.filled = 0;
    if (this.target.bytes.length > LARGEST_KEPT_BYTES) this.target = targetOf(FIRST_BYTES);
    return records;
  }

  private begin(head: Uint8Array): void {
    this.endRecord();
    this.makeRoom(FRAME_BYTES + head.length);
    this.target.bytes.set(head, this.filled + FRAME_BYTES);
    this.recordAt = this.filled;
    this.filled += FRAME_BYTES + head.length;
    this.head = head;
  }

  private endRecord(): void {
    if (this.head) writeFrame(this.target.bytes, this.recordAt, this.filled - this.recordAt - FRAME_BYTES);
    this.head = undefined;
  }

  private makeRoom(bytes: number): void {
    const { length } = this.target.bytes;
    if (this.filled + bytes <= length) return;
    const larger = targetOf(Math.max(2 * length, this.filled + bytes));
    larger.bytes.set(this.target.bytes.subarray(0, this.filled));
    this.target = larger;
  }
}

function targetOf(length: number): EntryTarget {
  const bytes = Buffer.allocUnsafeSlow(length);
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, length) };
}
