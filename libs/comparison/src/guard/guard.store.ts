import { ServingError } from '@app/core';
import { EventLog, ModelCatalogue, type Request } from '@app/registry';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model, Types } from 'mongoose';
import { orUnavailable } from '../or-unavailable.js';
import { Guard } from './guard.schema.js';
import type { GuardRules } from './judge.js';

/** What a look may leave behind. */
export type Looked = Pick<Guard, 'finding' | 'watch'>;

/** Remembers the guards of models; who sets or ends one is in the audit log. */
@Injectable()
export class GuardStore {
  constructor(
    @InjectModel(Guard.name) private readonly guards: Model<Guard>,
    private readonly catalogue: ModelCatalogue,
    private readonly events: EventLog,
  ) {}

  /** Sets the rules of a model; a canary that is there is watched from now on. */
  async set(model: string, rules: GuardRules, request: Request): Promise<Guard> {
    await this.catalogue.model(model);
    const work = () => this.replace({ _id: model, rules, edition: new Types.ObjectId(), lookAt: new Date() });
    return this.events.keep({ model, action: 'guard', ...request }, work, () => ({}));
  }

  /** The guard of a model; throws GUARD_NOT_FOUND where it has none. */
  async get(model: string): Promise<Guard> {
    return (await orUnavailable(this.guards.findById(model).lean<Guard>().exec())) ?? notFound(model);
  }

  /** Leaves the model's canaries to people. */
  async remove(model: string, request: Request): Promise<void> {
    await this.get(model);
    const work = () => orUnavailable(this.guards.deleteOne({ _id: model }).exec());
    await this.events.keep({ model, action: 'unguard', ...request }, work, () => ({}));
  }

  /** A guard that is due, and nobody else's until the time is over again. */
  claim(everyMs: number): Promise<Guard | null> {
    const now = Date.now();
    const update = { $set: { lookAt: new Date(now + everyMs) } };
    return this.guards
      .findOneAndUpdate({ lookAt: { $lte: new Date(now) } }, update)
      .lean<Guard>()
      .exec();
  }

  /** Keeps what a look has found; false where somebody has set or ended the guard meanwhile. */
  async report({ _id, edition }: Guard, { finding, watch }: Looked): Promise<boolean> {
    const update = { $set: { finding, ...(watch && { watch }) }, ...(!watch && { $unset: { watch: true } }) };
    const { matchedCount } = await this.guards.collection.updateOne({ _id, edition } as object, update);
    return matchedCount === 1;
  }

  private async replace({ _id, ...rest }: Guard): Promise<Guard> {
    await orUnavailable(this.guards.replaceOne({ _id }, rest, { upsert: true }).exec());
    return this.get(_id);
  }
}

function notFound(model: string): never {
  const message = `model ${JSON.stringify(model)} has no guard; PUT /models/${model}/guard sets one`;
  throw new ServingError('not-found', 'GUARD_NOT_FOUND', message);
}
