import { Settings } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { InferenceService } from '../../inference/inference.service.js';
import type { Caller } from '../../inference/prediction-request.js';
import { encodeTensors } from './encode-tensors.js';
import type { InferRequest } from './infer-request.js';
import { describeOutputs } from './model-metadata.js';
import { checkOutputs, type OutputTensor, outputsOf } from './output-tensors.js';
import { ServedModels } from './served-models.js';

/** The model that a request asks for. */
export interface Target {
  readonly model: string;
  readonly version?: string;
}

/** An answered inference request, the same for JSON, binary and gRPC. */
export interface InferAnswer {
  readonly model: string;
  readonly version: string;
  readonly outputs: readonly OutputTensor[];
}

/** Answers inference requests of any wire form. */
@Injectable()
export class Infer {
  constructor(
    private readonly inference: InferenceService,
    private readonly models: ServedModels,
    private readonly settings: Settings,
  ) {}

  /** Scores the rows of a request and gives the outputs that it asks for. */
  async answer(target: Target, { inputs, outputs }: InferRequest, caller?: Caller): Promise<InferAnswer> {
    const loaded = this.models.get(target.model, target.version);
    // Before the rows are scored: a request that is refused leaves no record.
    const names = checkOutputs(
      describeOutputs(loaded).map(({ name }) => name),
      outputs?.map(({ name }) => name),
    );
    const kept = await this.inference.predict({
      model: loaded.name,
      ...(target.version !== undefined && { version: loaded.version }),
      encode: (signature) => encodeTensors(signature, inputs, this.settings.maxRows),
      ...(caller && { caller }),
    });
    return { model: kept.model, version: String(kept.version), outputs: outputsOf(kept, names) };
  }
}
