import { webcrypto } from 'node:crypto';
import type { Converted } from '@app/convert';
import type { Signature } from '@app/core';
import type { Cost } from '@app/runtime';
import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { ArtifactStore } from './artifact.store.js';
import type { Baseline } from './baseline.js';
import type { SampleResult } from './check-sample.js';
import type { NamedSignature } from './inherit-names.js';
import { ModelStore } from './model.store.js';
import type { ModelVersion } from './model-version.schema.js';
import { orUnavailable } from './or-unavailable.js';
import { VersionStore } from './version.store.js';

/** A model file as it comes in, with what came beside it. */
export interface ModelFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  /** A model.json beside the file. */
  readonly signature?: string;
  /** Whose names a file without names gets; the live version's where nothing is said. */
  readonly namesLike?: Signature;
  /** Rows with the scores that the model must give, CSV or JSON. */
  readonly sample?: Uint8Array;
  /** How far from those scores it may be; DEFAULT_TOLERANCE where nothing is said. */
  readonly tolerance?: number;
  /** A CSV of training rows. */
  readonly baseline?: Uint8Array;
  readonly note?: string;
  /** Who loads it. */
  readonly by?: string;
  /** The version number that the file must get; the next one where nothing is said. */
  readonly version?: number;
}

/** What is known of a file once it has been read, tried, and its features have their final names. */
export type TriedModel = Omit<Converted, 'namesFrom'> &
  NamedSignature & { readonly cost: Cost; readonly sample?: SampleResult; readonly baseline?: Baseline };

/** Keeps versions for ever: their files in GridFS, what is known of them beside. */
@Injectable()
export class ModelArchive {
  constructor(
    private readonly artifacts: ArtifactStore,
    private readonly models: ModelStore,
    private readonly versions: VersionStore,
  ) {}

  /** Stores a file under the next version number. Files first: a crash in between leaves no version without its bytes. */
  async keep(model: string, file: ModelFile, understood: TriedModel): Promise<ModelVersion> {
    const [sha256, ids] = await Promise.all([sha256Of(file.bytes), this.putFiles(file, understood)]);
    const version = await this.numberFor(model, file);
    const kept = { ...describe(model, file, understood), sha256, version, ...ids };
    await this.versions.save(kept);
    await this.models.touch(model);
    return kept;
  }

  onnxOf({ onnxId }: ModelVersion): Promise<Uint8Array> {
    return orUnavailable(this.artifacts.get(onnxId));
  }

  /** The file as it was uploaded. */
  fileOf({ fileId }: ModelVersion): Promise<Uint8Array> {
    return orUnavailable(this.artifacts.get(fileId));
  }

  private async putFiles({ fileName, bytes, baseline }: ModelFile, { understood, onnx }: TriedModel) {
    const isOnnx = understood.format === 'onnx';
    const [fileId, onnxId, baselineId] = await Promise.all([
      this.put(fileName, bytes),
      isOnnx ? undefined : this.put(`${fileName}.onnx`, onnx),
      baseline && this.put(`${fileName}.baseline.csv`, baseline),
    ]);
    return { fileId, onnxId: onnxId ?? fileId, ...(baselineId && { baselineId }) };
  }

  private put(fileName: string, bytes: Uint8Array): Promise<Types.ObjectId> {
    return orUnavailable(this.artifacts.put(fileName, bytes));
  }

  private async numberFor(model: string, { version }: ModelFile): Promise<number> {
    if (version === undefined) return this.models.nextVersion(model);
    await this.models.reserveVersion(model, version);
    return version;
  }
}

function describe(model: string, { fileName, bytes, by, note }: ModelFile, given: TriedModel) {
  const { signature, wiring, understood, namesFrom, warnings, cost, sample, baseline, onnx } = given;
  const known = {
    signature,
    wiring,
    understood,
    namesFrom,
    warnings,
    cost,
    ...(sample && { sample }),
    ...(baseline && { baseline }),
  };
  const origin = {
    fileName,
    createdAt: new Date(),
    ...(by !== undefined && { createdBy: by }),
  };
  const sizes = { fileBytes: bytes.length, onnxBytes: onnx.length };
  return { model, ...origin, ...sizes, ...known, ...(note !== undefined && { note }) };
}

// The hash of a large file would hold up this thread; this one is computed in another.
async function sha256Of(bytes: Uint8Array): Promise<string> {
  return Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)).toString('hex');
}
