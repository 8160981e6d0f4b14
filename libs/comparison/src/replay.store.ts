import { ServingError } from '@app/core';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model, Types } from 'mongoose';
import { orUnavailable } from './or-unavailable.js';
import { Replay } from './replay.schema.js';

const DEAD_AFTER_MS = 15_000;
const MOST_LISTED = 100;

/** What a replay begins with. */
export type NewReplay = Pick<Replay, 'model' | 'candidate' | 'wanted'> & Partial<Pick<Replay, 'baseline'>>;

/** What changes of a replay while it runs and when it ends. */
export type ReplayChange = Partial<Pick<Replay, 'state' | 'compared' | 'skipped' | 'outcome' | 'failure'>>;

/** Remembers replays, so that every replica can show them. */
@Injectable()
export class ReplayStore {
  constructor(@InjectModel(Replay.name) private readonly replays: Model<Replay>) {}

  async begin(wanted: NewReplay): Promise<Replay> {
    const now = new Date();
    const begun = { state: 'running', compared: 0, skipped: 0, startedAt: now, seenAt: now } as const;
    const replay = { _id: new Types.ObjectId(), ...wanted, ...begun };
    await orUnavailable(this.replays.collection.insertOne(replay));
    return replay;
  }

  /** A replay of a model; throws REPLAY_NOT_FOUND where there is none. */
  async get(model: string, id: string): Promise<Replay> {
    const found = Types.ObjectId.isValid(id)
      ? await orUnavailable(this.replays.findOne({ _id: id, model }).lean<Replay>().exec())
      : null;
    return found ? asItStands(found) : notFound(model, id);
  }

  /** The latest replays of a model, the last one first. */
  async list(model: string): Promise<Replay[]> {
    const found = this.replays.find({ model }).sort({ _id: -1 }).limit(MOST_LISTED);
    return (await orUnavailable(found.lean<Replay[]>().exec())).map(asItStands);
  }

  /** Says how far a replay is; gives whether it is still wanted. */
  async report(id: Types.ObjectId, change: ReplayChange): Promise<boolean> {
    const update = { $set: { ...change, seenAt: new Date() } };
    const found = await orUnavailable(this.replays.findOneAndUpdate({ _id: id }, update).lean<Replay>().exec());
    return found !== null && found.isUnwanted !== true;
  }

  /** Says that a replay should end, in whichever process it runs. */
  async stop(model: string, id: string): Promise<void> {
    const { _id } = await this.get(model, id);
    await orUnavailable(this.replays.updateOne({ _id }, { $set: { isUnwanted: true } }).exec());
  }
}

function asItStands(replay: Pick<Replay, keyof Replay>): Replay {
  const isDead = replay.state === 'running' && Date.now() - replay.seenAt.getTime() > DEAD_AFTER_MS;
  return isDead ? { ...replay, state: 'interrupted' } : replay;
}

function notFound(model: string, id: string): never {
  const message = `model ${JSON.stringify(model)} has no replay ${JSON.stringify(id.slice(0, 100))}; GET /models/${model}/replays lists those that it has`;
  throw new ServingError('not-found', 'REPLAY_NOT_FOUND', message);
}
