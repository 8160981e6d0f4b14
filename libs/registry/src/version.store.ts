import { ServingError } from '@app/core';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model, type Types } from 'mongoose';
import { ModelVersion } from './model-version.schema.js';
import { orUnavailable } from './or-unavailable.js';
import { versionNotFound } from './unknown.js';

const DUPLICATE_KEY = 11_000;
const DURABLY = { writeConcern: { w: 1, journal: true } } as const;

/** A version without what is large of it. */
export type ListedVersion = Omit<ModelVersion, 'signature' | 'wiring' | 'baseline'> & {
  readonly signature: Omit<ModelVersion['signature'], 'features'>;
};

const WHAT_IS_LARGE = { 'signature.features': 0, wiring: 0, baseline: 0 };

/** Remembers the versions of models. */
@Injectable()
export class VersionStore {
  constructor(@InjectModel(ModelVersion.name) private readonly versions: Model<ModelVersion>) {}

  /** On disk when it returns; throws VERSION_EXISTS where the number is taken. */
  async save(version: ModelVersion): Promise<void> {
    await orUnavailable(this.versions.collection.insertOne(version, DURABLY).catch(refuseDuplicate));
  }

  find(model: string, version: number): Promise<ModelVersion | null> {
    return orUnavailable(this.versions.findOne({ model, version }).lean<ModelVersion>().exec());
  }

  /** A version; throws VERSION_NOT_FOUND where there is none. */
  async get(model: string, version: number): Promise<ModelVersion> {
    return (await this.find(model, version)) ?? versionNotFound(model, version);
  }

  /** The version of a model with the greatest number. */
  latest(model: string): Promise<ModelVersion | null> {
    return orUnavailable(this.versions.findOne({ model }).sort({ version: -1 }).lean<ModelVersion>().exec());
  }

  /** The versions of a model, the first one first, without what is large of them. */
  list(model: string): Promise<ListedVersion[]> {
    const found = this.versions.find({ model }, WHAT_IS_LARGE).sort({ version: 1 });
    return orUnavailable(found.lean<ListedVersion[]>().exec());
  }

  /** The version numbers of a model. */
  numbers(model: string): Promise<number[]> {
    return orUnavailable(this.versions.distinct('version', { model }).exec());
  }

  /** The latest version before this one that was made from the same file. */
  async sameFile({ model, sha256, version }: ModelVersion): Promise<number | undefined> {
    const found = this.versions.findOne({ model, sha256, version: { $lt: version } }, { version: 1 });
    return (await orUnavailable(found.sort({ version: -1 }).lean<ModelVersion>().exec()))?.version;
  }

  /** Changes a version's note; throws VERSION_NOT_FOUND where there is none. */
  async setNote(model: string, version: number, note: string): Promise<ModelVersion> {
    const options = { returnDocument: 'after', ...DURABLY } as const;
    const changed = this.versions.findOneAndUpdate({ model, version }, { $set: { note } }, options);
    return (await orUnavailable(changed.lean<ModelVersion>().exec())) ?? versionNotFound(model, version);
  }

  async remove(model: string, version: number): Promise<void> {
    await orUnavailable(this.versions.deleteOne({ model, version }).exec());
  }

  /** The files in GridFS that versions need. */
  async fileIds(): Promise<Set<string>> {
    const found = await this.versions.find({}, { fileId: 1, onnxId: 1, baselineId: 1 }).lean<ModelVersion[]>();
    const ids = found.flatMap(({ fileId, onnxId, baselineId }) => [fileId, onnxId, baselineId]);
    return new Set(ids.filter((id): id is Types.ObjectId => id !== undefined).map(String));
  }
}

function refuseDuplicate(error: { readonly code?: unknown }): never {
  if (error.code !== DUPLICATE_KEY) throw error;
  throw new ServingError('conflict', 'VERSION_EXISTS', 'there is a version with this number already');
}
