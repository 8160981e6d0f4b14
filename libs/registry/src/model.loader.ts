import type { Converted } from '@app/convert';
import { OnnxRuntime } from '@app/runtime';
import { Injectable } from '@nestjs/common';
import { inheritNames, type NamedSignature } from './inherit-names.js';
import { LoadedModel } from './loaded-model.js';
import { ModelArchive, type ModelFile } from './model.archive.js';
import { ModelConverter } from './model.converter.js';
import { ModelProvider } from './model.provider.js';
import { ModelTrial } from './model.trial.js';
import type { ModelVersion } from './model-version.schema.js';
import { overlaySignature } from './signature-file.js';

/** Turns model files into live versions: read, tried, kept, then published. One at a time. */
@Injectable()
export class ModelLoader {
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly converter: ModelConverter,
    private readonly trial: ModelTrial,
    private readonly archive: ModelArchive,
    private readonly provider: ModelProvider,
  ) {}

  /** Makes a file the live version of a model and returns what was understood; throws a ServingError and changes nothing where it cannot. */
  load(model: string, file: ModelFile): Promise<ModelVersion> {
    // In turn: of two files the later one is live in the end, and memory holds one conversion.
    const loading = this.last.then(() => this.loadNow(model, file));
    this.last = loading.catch(() => undefined);
    return loading;
  }

  /** Publishes a version that is already kept; used at start. */
  async publish(version: ModelVersion): Promise<void> {
    await this.provider.publish(await intoMemory(version, await this.archive.onnxOf(version)));
  }

  /** Makes the version that was live before it was withdrawn live again; false where the model has none. */
  async restore(model: string): Promise<boolean> {
    const version = await this.archive.liveOf(model);
    if (version) await this.publish(version);
    return version !== undefined;
  }

  private async loadNow(model: string, file: ModelFile): Promise<ModelVersion> {
    const converted = await this.converter.convert(file);
    const named = this.name(model, file, converted);
    const { onnx, wiring, check } = converted;
    await this.trial.run({ model: { onnx, wiring, signature: named.signature }, ...(check && { check }) });
    const warnings = [...converted.warnings, ...named.warnings];
    const version = await this.archive.keep(model, file, { ...converted, ...named, warnings });
    const loaded = await intoMemory(version, onnx);
    await this.archive.makeLive(version);
    await this.provider.publish(loaded);
    return version;
  }

  private name(model: string, file: ModelFile, { signature, namesFrom }: Converted): NamedSignature {
    if (file.signature === undefined)
      return inheritNames(signature, namesFrom === 'file', this.provider.find(model)?.signature);
    return { signature: overlaySignature(signature, file.signature), namesFrom: 'signature', warnings: [] };
  }
}

async function intoMemory({ model, version, signature, wiring }: ModelVersion, onnx: Uint8Array): Promise<LoadedModel> {
  const runtime = await OnnxRuntime.load({ onnx, signature, wiring });
  return new LoadedModel(model, version, signature, runtime, wiring.outputs);
}
