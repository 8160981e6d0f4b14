import { ServingError } from '@app/core';
import { withRetry } from '@app/database';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model, mongo } from 'mongoose';
import { CaptureIds, type IdRange } from './capture-ids.js';
import { type CapturedRows, documentsOf } from './captured-rows.js';
import { DataCapture } from './data-capture.schema.js';

interface Waiting {
  readonly documents: readonly DataCapture[];
  readonly resolve: () => void;
  readonly reject: (cause: unknown) => void;
}

const DURABLY = { ordered: false, writeConcern: { w: 1, journal: true } } as const;
const LARGEST_GROUP = 1000;
const DUPLICATE_KEY = 11_000;

/** Writes captures to disk before their answers leave. */
@Injectable()
export class CaptureRecorder {
  private readonly ids = new CaptureIds();
  private waiting: Waiting[] = [];
  private isWriting = false;

  constructor(@InjectModel(DataCapture.name) private readonly captures: Model<DataCapture>) {}

  /** Gives the ids of the rows once they are in the database's journal on disk; throws CAPTURE_UNAVAILABLE where that cannot be had. */
  async record(captured: CapturedRows): Promise<IdRange> {
    const ids = this.ids.next(captured.rows.count);
    const documents = documentsOf(captured, ids);
    await new Promise<void>((resolve, reject) => {
      this.waiting.push({ documents, resolve, reject });
      if (!this.isWriting) void this.writeGroups();
    });
    return ids;
  }

  // Group commit: whatever comes while one group is being written is the next group, with one sync for all of it.
  private async writeGroups(): Promise<void> {
    this.isWriting = true;
    // The requests of this event-loop turn belong together.
    await new Promise(setImmediate);
    while (this.waiting.length > 0) await this.writeGroup(this.waiting.splice(0, LARGEST_GROUP));
    this.isWriting = false;
  }

  private async writeGroup(group: readonly Waiting[]): Promise<void> {
    try {
      await this.insert(group.flatMap(({ documents }) => documents));
      group.forEach(({ resolve }) => resolve());
    } catch (cause) {
      group.forEach(({ reject }) => reject(unavailable(cause)));
    }
  }

  private async insert(captures: readonly DataCapture[]): Promise<void> {
    try {
      await withRetry(() => this.captures.collection.insertMany([...captures], DURABLY));
    } catch (error) {
      if (!isOnlyDuplicates(error)) throw error;
    }
  }
}

// Ids are made here, so a duplicate is the same capture, written by a try whose answer was lost.
function isOnlyDuplicates(error: unknown): boolean {
  if (!(error instanceof mongo.MongoBulkWriteError)) return false;
  return [error.writeErrors].flat().every((writeError) => writeError.code === DUPLICATE_KEY);
}

function unavailable(cause: unknown): ServingError {
  const message = 'the prediction cannot be kept now, so it is not answered: the database does not answer; try again';
  return new ServingError('unavailable', 'CAPTURE_UNAVAILABLE', message, { cause, retryAfterSeconds: 1 });
}
