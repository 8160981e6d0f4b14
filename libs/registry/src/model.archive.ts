import { createHash } from 'node:crypto';
import type { Converted } from '@app/convert';
import { ServingError } from '@app/core';
import { Injectable } from '@nestjs/common';
import { ArtifactStore } from './artifact.store.js';
import type { NamedSignature } from './inherit-names.js';
import type { ModelVersion } from './model-version.schema.js';
import { VersionStore } from './version.store.js';

/** A model file as it comes in. */
export interface ModelFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  /** A model.json beside the file. */
  readonly signature?: string;
  /** The version number that the file must get; the next one where nothing is said. */
  readonly version?: number;
}

/** What is known of a file once it has been read and its features have their final names. */
export type NamedModel = Omit<Converted, 'namesFrom'> & NamedSignature;

/** Keeps versions for ever: their files in GridFS, what is known of them beside. */
@Injectable()
export class ModelArchive {
  constructor(
    private readonly artifacts: ArtifactStore,
    private readonly versions: VersionStore,
  ) {}

  /** Stores a file under the next version number. Files first: a crash in between leaves no version without its bytes. */
  async keep(model: string, file: ModelFile, understood: NamedModel): Promise<ModelVersion> {
    return this.store(model, file, understood).catch(unavailable);
  }

  onnxOf({ onnxId }: ModelVersion): Promise<Uint8Array> {
    return this.artifacts.get(onnxId).catch(unavailable);
  }

  makeLive({ model, version }: ModelVersion): Promise<void> {
    return this.versions.makeLive(model, version).catch(unavailable);
  }

  /** The version of a model that is live, or was before it was withdrawn. */
  async liveOf(model: string): Promise<ModelVersion | undefined> {
    const live = await this.versions.live().catch(unavailable);
    return live.find((version) => version.model === model);
  }

  private async store(model: string, file: ModelFile, understood: NamedModel): Promise<ModelVersion> {
    const fileId = await this.artifacts.put(file.fileName, file.bytes);
    const isOnnx = understood.understood.format === 'onnx';
    const onnxId = isOnnx ? fileId : await this.artifacts.put(`${file.fileName}.onnx`, understood.onnx);
    const version = await this.numberFor(model, file);
    const kept = { ...describe(model, file, understood), version, fileId, onnxId };
    await this.versions.save(kept);
    return kept;
  }

  private async numberFor(model: string, { version }: ModelFile): Promise<number> {
    if (version === undefined) return this.versions.nextVersion(model);
    await this.versions.reserveVersion(model, version);
    return version;
  }
}

function describe(model: string, { fileName, bytes }: ModelFile, given: NamedModel) {
  const { signature, wiring, understood, namesFrom, warnings } = given;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { model, fileName, sha256, signature, wiring, understood, namesFrom, warnings, createdAt: new Date() };
}

function unavailable(cause: unknown): never {
  const message = 'models cannot be kept or read now: the database does not answer; try again';
  throw new ServingError('unavailable', 'REGISTRY_UNAVAILABLE', message, { cause, retryAfterSeconds: 1 });
}
