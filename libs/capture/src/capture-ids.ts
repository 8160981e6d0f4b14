import { randomBytes } from 'node:crypto';
import { ObjectId } from 'mongodb';

/** Bytes of an id without its counter. */
export const ID_PREFIX_BYTES = 9;
const COUNTER_BYTES = 3;
const COUNTER_LIMIT = 2 ** 24;
// An id has 32 bits of seconds: until 2106.
const LAST_MS = 2 ** 32 * 1000 - 1;

/** All but the counter of an id: 9 bytes, and the same in hex. The ids of a millisecond share it. */
export interface IdPrefix {
  readonly bytes: Uint8Array;
  readonly hex: string;
}

/** The ids of the rows of one capture, which follow one another, and their time. */
export class IdRange {
  constructor(
    /** Milliseconds since 1970. */
    readonly timeMs: number,
    readonly prefix: IdPrefix,
    /** The counter of the first row. */
    readonly first: number,
  ) {}

  /** The ids of the rows from one on. */
  from(row: number): IdRange {
    return new IdRange(this.timeMs, this.prefix, this.first + row);
  }

  /** The id of a row, counted from 0: 24 hex digits. */
  at(row: number): string {
    const counter = this.first + row;
    return this.prefix.hex + THREE_DIGITS[counter >>> 12]! + THREE_DIGITS[counter & 0xfff]!;
  }
}

// A table: `toString(16).padStart(…)` for every row takes ten times as long.
const THREE_DIGITS = Array.from({ length: 0x1000 }, (_, value) => hexOf(value, 3));

/**
 * Makes ids whose order is the order of time: 4 bytes of seconds, 2 of milliseconds, 3 of this process, 3 of a counter.
 * The clock of ids never runs backwards, so that a later capture always comes later in the history.
 */
export class CaptureIds {
  private readonly process = randomBytes(3).toString('hex');
  private lastMs = -1;
  private prefix: IdPrefix;
  private counter = 0;

  constructor(private readonly now: () => number = Date.now) {}

  /** Ids for `count` rows, at most 2^24 - 1. */
  next(count = 1): IdRange {
    // Past 2^24 ids the counter starts again, in a new millisecond so that the order holds.
    const isFull = this.counter + count >= COUNTER_LIMIT;
    this.moveTo(Math.max(this.now(), isFull ? this.lastMs + 1 : this.lastMs));
    const first = isFull ? 0 : this.counter;
    this.counter = first + count;
    return new IdRange(this.lastMs, this.prefix, first);
  }

  private moveTo(timeMs: number): void {
    if (timeMs === this.lastMs) return;
    this.lastMs = timeMs;
    this.prefix = prefixOf(timeOf(timeMs) + this.process);
  }
}

/** The least id of a time, in milliseconds since 1970: captures from then on have a greater one. */
export function firstIdOf(timeMs: number): ObjectId {
  return new ObjectId(timeOf(Math.min(Math.max(timeMs, 0), LAST_MS)) + '0'.repeat(12));
}

/** The id so many places behind another one of its range, or before it; its counter stays at 0 at least. */
export function idBehind(id: ObjectId, places: number): ObjectId {
  const bytes = Buffer.from(id.id);
  const counter = bytes.readUIntBE(ID_PREFIX_BYTES, COUNTER_BYTES);
  bytes.writeUIntBE(Math.max(0, counter + places), ID_PREFIX_BYTES, COUNTER_BYTES);
  return new ObjectId(bytes);
}

/** The prefix that reads so in hex. */
export function prefixOf(hex: string): IdPrefix {
  return { hex, bytes: Buffer.from(hex, 'hex') };
}

function timeOf(timeMs: number): string {
  return hexOf(Math.floor(timeMs / 1000), 8) + hexOf(timeMs % 1000, 4);
}

function hexOf(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
