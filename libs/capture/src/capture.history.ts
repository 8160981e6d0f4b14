import { ServingError } from '@app/core';
import { Workers } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model, Types } from 'mongoose';
import { DataCapture } from './data-capture.schema.js';
import { isWithin } from './within.js';
import { historyFilter, type HistoryQuery } from './history-query.js';
import { recordsOf, type StoredCapture } from './records.js';

// Of documents, of which a block may be a thousand records, and 100 kB.
const BATCH = 100;
const PATIENCE_MS = 5_000;

/** Reads what was predicted. */
@Injectable()
export class CaptureHistory {
  constructor(
    @InjectModel(DataCapture.name) private readonly captures: Model<DataCapture>,
    private readonly workers: Workers,
  ) {}

  /** The captures that the query wants, all or so many, one at a time from a database cursor; ending the iteration early closes the cursor. */
  async *stream(query: HistoryQuery, limit = Infinity): AsyncGenerator<DataCapture> {
    await this.seeOwnWrites();
    const { order, after } = query;
    const cursor = this.find(query).batchSize(Math.min(limit, BATCH)).cursor();
    const wanted = { order, after: after === undefined ? undefined : new Types.ObjectId(after), limit };
    try {
      for await (const capture of recordsOf(cursor, wanted)) yield capture;
    } catch (cause) {
      throw unavailable(cause);
    } finally {
      await cursor.close();
    }
  }

  /** Waits until what this process, and every other worker, has acknowledged is in what can be read. */
  async seeOwnWrites(): Promise<void> {
    const settled = this.workers.ask('settle', { withinMs: PATIENCE_MS }).catch((cause: unknown) => {
      throw unavailable(new Error('a worker does not say that its captures have arrived', { cause }));
    });
    if (!(await isWithin(PATIENCE_MS, settled)))
      throw unavailable(new Error(`captures are still on their way after ${PATIENCE_MS} ms`));
  }

  private find(query: HistoryQuery) {
    const direction = query.order === 'desc' ? -1 : 1;
    return this.captures.find(historyFilter(query)).sort({ _id: direction }).lean<StoredCapture[]>();
  }
}

function unavailable(cause: unknown): ServingError {
  if (cause instanceof ServingError) return cause;
  const message = 'the history cannot be read now: the database does not answer; try again';
  return new ServingError('unavailable', 'HISTORY_UNAVAILABLE', message, { cause, retryAfterSeconds: 1 });
}
