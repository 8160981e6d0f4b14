import { type NamedFeatures, type Prediction, ServingError } from '@app/core';
import { withRetry } from '@app/database';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model, mongo } from 'mongoose';
import { CaptureIds } from './capture-ids.js';
import { DataCapture } from './data-capture.schema.js';

/** A prediction that is about to be answered. */
export interface NewCapture {
  readonly features: NamedFeatures;
  readonly prediction: Prediction;
  readonly model: string;
  readonly version: number;
  readonly warnings: readonly string[];
}

interface Waiting {
  readonly capture: DataCapture;
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

  /** Returns the capture's id once it is in the database's journal on disk; throws CAPTURE_UNAVAILABLE where that cannot be had. */
  async record(given: NewCapture): Promise<string> {
    const capture = this.captureOf(given);
    await new Promise<void>((resolve, reject) => {
      this.waiting.push({ capture, resolve, reject });
      if (!this.isWriting) void this.writeGroups();
    });
    return capture._id.toHexString();
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
      await this.insert(group.map(({ capture }) => capture));
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

  private captureOf({ features, prediction, model, version, warnings }: NewCapture): DataCapture {
    const { id, datetime } = this.ids.next();
    const optional = warnings.length > 0 ? { warnings } : {};
    return { _id: id, features, datetime, model, model_version: version, ...prediction, ...optional };
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
