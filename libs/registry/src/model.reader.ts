import type { Converted } from '@app/convert';
import type { Signature } from '@app/core';
import type { Cost, OnnxModel } from '@app/runtime';
import { Injectable } from '@nestjs/common';
import { describedByBaseline, readBaseline } from './baseline.js';
import { checkSample, type SampleResult } from './check-sample.js';
import { inheritNames, type NamedSignature } from './inherit-names.js';
import type { ModelFile, TriedModel } from './model.archive.js';
import { ModelConverter } from './model.converter.js';
import { ModelEngine } from './model.engine.js';
import { ModelProvider } from './model.provider.js';
import { ModelTrial } from './model.trial.js';
import { readSample } from './sample-rows.js';
import { inWords, signatureDifferences } from './signature-differences.js';
import { overlaySignature } from './signature-file.js';

/** Understands model files: converted, named, tried, and held against the rows that came with them. */
@Injectable()
export class ModelReader {
  constructor(
    private readonly converter: ModelConverter,
    private readonly trial: ModelTrial,
    private readonly engine: ModelEngine,
    private readonly provider: ModelProvider,
  ) {}

  /** What a file for a model turns out to be; throws a ServingError where it cannot be served or does not do what was said of it. */
  async read(name: string, file: ModelFile): Promise<TriedModel> {
    const converted = await this.converter.convert(file);
    const named = this.name(name, file, converted);
    const { onnx, wiring, check } = converted;
    const model = { onnx, wiring, signature: named.signature };
    const cost = await this.trial.run({ model, ...(check && { check }) });
    const warnings = [...converted.warnings, ...named.warnings, ...this.warnOfDifferences(name, named)];
    return { ...converted, ...named, warnings, cost, ...(await this.companions(file, model, cost)) };
  }

  private name(model: string, file: ModelFile, converted: Converted): NamedSignature {
    const { signature, namesFrom } = converted;
    const known = file.namesLike ?? this.provider.find(model)?.signature;
    if (file.signature === undefined) return inheritNames(signature, namesFrom === 'file', known);
    return { signature: overlaySignature(converted, file.signature), namesFrom: 'signature', warnings: [] };
  }

  private warnOfDifferences(name: string, { signature }: NamedSignature): string[] {
    const live = this.provider.find(name);
    const differences = live ? signatureDifferences(live.signature, signature) : [];
    if (differences.length === 0) return [];
    return [
      `it takes other features than version ${live!.version}, the live one when it came: ${inWords(differences)}`,
    ];
  }

  private async companions(file: ModelFile, model: OnnxModel, cost: Cost): Promise<Partial<TriedModel>> {
    const { sample, tolerance, baseline } = file;
    return {
      ...(sample && { sample: await this.tryOut({ model, cost }, sample, tolerance) }),
      ...(baseline && (await describe(model.signature, baseline))),
    };
  }

  private async tryOut(
    { model, cost }: { readonly model: OnnxModel; readonly cost: Cost },
    sample: Uint8Array,
    tolerance: number | undefined,
  ): Promise<SampleResult> {
    const rows = await readSample(sample, model.signature);
    const runtime = await this.engine.open(model, cost);
    try {
      return await checkSample(runtime, model.signature, rows, tolerance);
    } finally {
      await runtime.release();
    }
  }
}

async function describe(own: Signature, csv: Uint8Array): Promise<Pick<TriedModel, 'signature' | 'baseline'>> {
  const baseline = await readBaseline(csv, own);
  return { signature: describedByBaseline(own, baseline), baseline };
}
