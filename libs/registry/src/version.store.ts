import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { ModelVersion } from './model-version.schema.js';
import { RegisteredModel } from './registered-model.schema.js';

/** Remembers versions and which of them are live. */
@Injectable()
export class VersionStore {
  constructor(
    @InjectModel(ModelVersion.name) private readonly versions: Model<ModelVersion>,
    @InjectModel(RegisteredModel.name) private readonly models: Model<RegisteredModel>,
  ) {}

  /** The next version number of a model; two callers at once get two numbers. */
  async nextVersion(model: string): Promise<number> {
    const update = { $inc: { lastVersion: 1 } };
    const found = await this.models
      .findOneAndUpdate({ _id: model }, update, { upsert: true, returnDocument: 'after' })
      .lean();
    return found!.lastVersion;
  }

  /** Keeps a number that was given from outside from being given again. */
  async reserveVersion(model: string, version: number): Promise<void> {
    await this.models.updateOne({ _id: model }, { $max: { lastVersion: version } }, { upsert: true });
  }

  async save(version: ModelVersion): Promise<void> {
    await this.versions.collection.insertOne(version, { writeConcern: { w: 1, journal: true } });
  }

  async makeLive(model: string, version: number): Promise<void> {
    await this.models.updateOne({ _id: model }, { $set: { liveVersion: version } });
  }

  /** The live version of every model that has one. */
  async live(): Promise<ModelVersion[]> {
    const models = await this.models.find({ liveVersion: { $exists: true } }).lean();
    const found = models.map(({ _id, liveVersion }) =>
      this.versions.findOne({ model: _id, version: liveVersion! }).lean(),
    );
    return (await Promise.all(found)).filter((version) => version !== null) as ModelVersion[];
  }

  async isEmpty(): Promise<boolean> {
    return (await this.versions.exists({})) === null;
  }
}
