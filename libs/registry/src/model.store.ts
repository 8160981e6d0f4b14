import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { orUnavailable } from './or-unavailable.js';
import { RegisteredModel } from './registered-model.schema.js';
import { modelNotFound } from './unknown.js';

/** What may be changed of a model, as a whole. */
export type ModelChange = Partial<Pick<RegisteredModel, 'traffic' | 'earlier' | 'leaving'>>;

const NEW_MODEL = { revision: 0, earlier: [], leaving: [] };
const DURABLY = { writeConcern: { w: 1, journal: true } } as const;

/** Remembers models and their traffic. */
@Injectable()
export class ModelStore {
  constructor(@InjectModel(RegisteredModel.name) private readonly models: Model<RegisteredModel>) {}

  /** The next version number of a model; two callers at once get two numbers. */
  async nextVersion(name: string): Promise<number> {
    const update = { $inc: { lastVersion: 1 }, $setOnInsert: NEW_MODEL };
    const changed = this.models.findOneAndUpdate({ _id: name }, update, { upsert: true, returnDocument: 'after' });
    return (await orUnavailable(changed.lean().exec()))!.lastVersion;
  }

  /** Keeps a number that was given from outside from being given again. */
  async reserveVersion(name: string, version: number): Promise<void> {
    const update = { $max: { lastVersion: version }, $setOnInsert: NEW_MODEL };
    await orUnavailable(this.models.updateOne({ _id: name }, update, { upsert: true }).exec());
  }

  find(name: string): Promise<RegisteredModel | null> {
    return orUnavailable(this.models.findById(name).lean<RegisteredModel>().exec());
  }

  /** A model; throws MODEL_NOT_FOUND where there is none. */
  async get(name: string): Promise<RegisteredModel> {
    return (await this.find(name)) ?? modelNotFound(name);
  }

  list(): Promise<RegisteredModel[]> {
    return orUnavailable(this.models.find().sort({ _id: 1 }).lean<RegisteredModel[]>().exec());
  }

  /** The revision of every model, by name: what a replica compares with its own. */
  async revisions(): Promise<Map<string, number>> {
    const found = await orUnavailable(this.models.find({}, { revision: 1 }).lean<RegisteredModel[]>().exec());
    return new Map(found.map(({ _id, revision }) => [_id, revision]));
  }

  /** Says that something about a model has changed, so that every replica looks. */
  async touch(name: string): Promise<void> {
    await orUnavailable(this.models.updateOne({ _id: name }, { $inc: { revision: 1 } }).exec());
  }

  /**
   * Changes a model as `decide` says, at once or not at all: where another replica was faster, `decide` is asked again
   * about what that one left behind. Gives the model as it is after the change.
   */
  async change(name: string, decide: (model: RegisteredModel) => Promise<ModelChange>): Promise<RegisteredModel> {
    for (;;) {
      const model = await this.get(name);
      const update = { $set: await decide(model), $inc: { revision: 1 } };
      const changed = await orUnavailable(this.changeFrom(model, update));
      if (changed) return changed;
    }
  }

  private changeFrom({ _id, revision }: RegisteredModel, update: object): Promise<RegisteredModel | null> {
    const options = { returnDocument: 'after', ...DURABLY } as const;
    return this.models.findOneAndUpdate({ _id, revision }, update, options).lean<RegisteredModel>().exec();
  }
}
