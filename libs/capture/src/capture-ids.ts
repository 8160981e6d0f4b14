import { randomBytes } from 'node:crypto';
import { Types } from 'mongoose';

const COUNTER_LIMIT = 2 ** 24;
// An id has 32 bits of seconds: until 2106.
const LAST_MS = 2 ** 32 * 1000 - 1;

/** A new capture's id and its time. */
export interface CaptureId {
  readonly id: Types.ObjectId;
  readonly datetime: Date;
}

/**
 * Makes ids whose order is the order of time: 4 bytes of seconds, 2 of milliseconds, 3 of this process, 3 of a counter.
 * The clock of ids never runs backwards, so that a later capture always comes later in the history.
 */
export class CaptureIds {
  private readonly process = randomBytes(3);
  private lastMs = 0;
  private counter = 0;

  constructor(private readonly now: () => number = Date.now) {}

  next(): CaptureId {
    this.lastMs = Math.max(this.lastMs, this.now());
    // Past 2^24 ids the counter starts again, in a new millisecond so that the order holds.
    if (++this.counter === COUNTER_LIMIT) [this.counter, this.lastMs] = [0, this.lastMs + 1];
    const bytes = idPrefix(this.lastMs);
    this.process.copy(bytes, 6);
    bytes.writeUIntBE(this.counter, 9, 3);
    return { id: new Types.ObjectId(bytes), datetime: new Date(this.lastMs) };
  }
}

/** The least id of a time, in milliseconds since 1970: captures from then on have a greater one. */
export function firstIdOf(timeMs: number): Types.ObjectId {
  return new Types.ObjectId(idPrefix(Math.min(Math.max(timeMs, 0), LAST_MS)));
}

function idPrefix(timeMs: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(Math.floor(timeMs / 1000), 0);
  bytes.writeUInt16BE(timeMs % 1000, 4);
  return bytes;
}
