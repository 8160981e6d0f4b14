import { webcrypto } from 'node:crypto';
import type { Converted } from '@app/convert';
import { ServingError } from '@app/core';
import type { Cost } from '@app/runtime';
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

/** What is known of a file once it has been read, its features have their final names, and it has been tried. */
export type TriedModel = Omit<Converted, 'namesFrom'> & NamedSignature & { readonly cost: Cost };

/** Keeps versions for ever: their files in GridFS, what is known of them beside. */
@Injectable()
export class ModelArchive {
  constructor(
    private readonly artifacts: ArtifactStore,
    private readonly versions: VersionStore,
  ) {}

  /** Stores a file under the next version number. Files first: a crash in between leaves no version without its bytes. */
  async keep(model: string, file: ModelFile, understood: TriedModel): Promise<ModelVersion> {
    return this.store(model, file, understood).catch(unavailable);
  }

  onnxOf({ onnxId }: ModelVersion): Promise<Uint8Array> {
    return this.artifacts.get(onnxId).catch(unavailable);
  }

  makeLive({ model, version }: ModelVersion): Promise<void> {
    return this.versions.makeLive(model, version).catch(unavailable);
  }

  private async store(model: string, file: ModelFile, understood: TriedModel): Promise<ModelVersion> {
    const isOnnx = understood.understood.format === 'onnx';
    const [sha256, fileId, onnxId] = await Promise.all([
      sha256Of(file.bytes),
      this.artifacts.put(file.fileName, file.bytes),
      isOnnx ? undefined : this.artifacts.put(`${file.fileName}.onnx`, understood.onnx),
    ]);
    const version = await this.numberFor(model, file);
    const kept = { ...describe(model, file, understood), sha256, version, fileId, onnxId: onnxId ?? fileId };
    await this.versions.save(kept);
    return kept;
  }

  private async numberFor(model: string, { version }: ModelFile): Promise<number> {
    if (version === undefined) return this.versions.nextVersion(model);
    await this.versions.reserveVersion(model, version);
    return version;
  }
}

function describe(model: string, { fileName }: ModelFile, given: TriedModel) {
  const { signature, wiring, understood, namesFrom, warnings, cost } = given;
  return { model, fileName, signature, wiring, understood, namesFrom, warnings, cost, createdAt: new Date() };
}

// The hash of a large file would hold up this thread; this one is computed in another.
async function sha256Of(bytes: Uint8Array): Promise<string> {
  return Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)).toString('hex');
}

function unavailable(cause: unknown): never {
  const message = 'models cannot be kept or read now: the database does not answer; try again';
  throw new ServingError('unavailable', 'REGISTRY_UNAVAILABLE', message, { cause, retryAfterSeconds: 1 });
}
