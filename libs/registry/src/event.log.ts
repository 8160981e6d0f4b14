import { randomBytes } from 'node:crypto';
import { ServingError } from '@app/core';
import { Injectable, Logger } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model, Types } from 'mongoose';
import { ModelEvent } from './model-event.schema.js';
import { orUnavailable } from './or-unavailable.js';

/** Who asks for a change, and why; both as far as they say so. */
export interface Request {
  readonly by?: string;
  readonly reason?: string;
}

/** What is about to be done to a model. */
export type Deed = Pick<ModelEvent, 'model' | 'action'> & Partial<Pick<ModelEvent, 'version'>> & Request;

/** What a deed has come to: what is worth keeping of it. */
export type Outcome = Partial<Pick<ModelEvent, 'version' | 'details'>>;

/** Which part of the log is wanted. */
export interface EventQuery {
  readonly limit: number;
  readonly after?: string;
  readonly order?: 'asc' | 'desc';
}

/** A page of the log, and the cursor of the next one where there is more. */
export interface EventPage {
  readonly events: readonly ModelEvent[];
  readonly next?: string;
}

/** The audit log: what was done to models, and what was refused. */
@Injectable()
export class EventLog {
  private readonly logger = new Logger(EventLog.name);

  constructor(@InjectModel(ModelEvent.name) private readonly events: Model<ModelEvent>) {}

  /** Does a deed and writes it down, with its outcome or with the reason of its refusal. */
  async keep<T>(deed: Deed, work: () => Promise<T>, outcomeOf: (result: T) => Outcome): Promise<T> {
    try {
      const result = await work();
      await this.write({ ...deed, ...outcomeOf(result), done: true });
      return result;
    } catch (error) {
      if (error instanceof ServingError && isRefusal(error))
        await this.write({ ...deed, done: false, code: error.code, reason: error.message });
      throw error;
    }
  }

  /** At most `limit` events of a model, the latest first where nothing else is said. */
  async page(model: string, { limit, after, order = 'desc' }: EventQuery): Promise<EventPage> {
    const [direction, operator] = order === 'asc' ? ([1, '$gt'] as const) : ([-1, '$lt'] as const);
    const filter = { model, ...(after && { _id: { [operator]: new Types.ObjectId(after) } }) };
    const found = this.events
      .find(filter)
      .sort({ _id: direction })
      .limit(limit + 1);
    const events = await orUnavailable(found.lean<ModelEvent[]>().exec());
    if (events.length <= limit) return { events };
    return { events: events.slice(0, limit), next: events[limit - 1]!._id.toHexString() };
  }

  // What was done is done: a log that cannot be written now must not turn it into an error.
  private async write(event: Omit<ModelEvent, '_id' | 'at'>): Promise<void> {
    try {
      const at = new Date();
      await this.events.collection.insertOne({ _id: eventId(at), at, ...event });
    } catch (error) {
      this.logger.error({ err: error, event }, 'an event could not be written to the audit log');
    }
  }
}

// In the order of time to the millisecond, whichever replica writes: the driver's own ids know only seconds.
function eventId(at: Date): Types.ObjectId {
  const id = randomBytes(12);
  id.writeUInt32BE(Math.floor(at.getTime() / 1000), 0);
  id.writeUInt16BE(at.getTime() % 1000, 4);
  return new Types.ObjectId(id);
}

// What is unknown or asked at a bad moment was not refused: it says nothing about the model.
function isRefusal({ kind }: ServingError): boolean {
  return kind === 'malformed' || kind === 'invalid-input' || kind === 'conflict';
}
