import { ServingError } from '@app/core';
import { Workers } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { CaptureJournal } from './capture.journal.js';
import { DataCapture } from './data-capture.schema.js';
import { isWithin } from './within.js';
import { historyFilter, type HistoryQuery } from './history-query.js';

const BATCH = 1000;
const PATIENCE_MS = 5_000;

/** A page of the history, and the cursor of the next one where there is more. */
export interface HistoryPage {
  readonly captures: readonly DataCapture[];
  readonly next?: string;
}

/** Reads what was predicted. */
@Injectable()
export class CaptureHistory {
  constructor(
    @InjectModel(DataCapture.name) private readonly captures: Model<DataCapture>,
    journal: CaptureJournal,
    private readonly workers: Workers,
  ) {
    workers.answer('settle', () => journal.settle());
  }

  /** Every capture that the query wants, one at a time from a database cursor; ending the iteration early closes the cursor. */
  async *stream(query: HistoryQuery): AsyncGenerator<DataCapture> {
    await this.seeOwnWrites();
    const cursor = this.find(query).batchSize(BATCH).cursor();
    try {
      for await (const capture of cursor) yield capture;
    } catch (cause) {
      throw unavailable(cause);
    } finally {
      await cursor.close();
    }
  }

  /** At most `limit` captures. */
  async page(query: HistoryQuery, limit: number): Promise<HistoryPage> {
    await this.seeOwnWrites();
    const found = await this.find(query)
      .limit(limit + 1)
      .exec()
      .catch((cause: unknown) => Promise.reject(unavailable(cause)));
    const captures = found.slice(0, limit);
    return found.length > limit ? { captures, next: captures.at(-1)!._id.toHexString() } : { captures };
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
    return this.captures.find(historyFilter(query)).sort({ _id: direction }).lean<DataCapture[]>();
  }
}

function unavailable(cause: unknown): ServingError {
  if (cause instanceof ServingError) return cause;
  const message = 'the history cannot be read now: the database does not answer; try again';
  return new ServingError('unavailable', 'HISTORY_UNAVAILABLE', message, { cause, retryAfterSeconds: 1 });
}
