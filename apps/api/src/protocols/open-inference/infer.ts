import type { IncomingHttpHeaders } from 'node:http';
import { Settings } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { InferenceService } from '../../inference/inference.service.js';
import type { KeptPredictions, PredictionRequest } from '../../inference/prediction-request.js';
import { routingKeyIn, versionIn } from '../../inference/traffic.headers.js';
import { checkRowCount } from '../row-limit.js';
import { encodeTensors, firstValueOf } from './encode-tensors.js';
import type { InferRequest } from './infer-request.js';
import { outputNames } from './model-metadata.js';
import { checkOutputs, type OutputName, type OutputTensor, outputsOf } from './output-tensors.js';
import { ServedModels } from './served-models.js';
import type { WireTensor } from './tensor.js';

/** The model that a request asks for. */
export interface Target {
  readonly model: string;
  readonly version?: string;
}

/** Who asks, over HTTP or gRPC. */
export interface Asker extends Pick<PredictionRequest, 'requestId' | 'caller'> {
  /** Headers of HTTP, or metadata of gRPC. */
  readonly headers: IncomingHttpHeaders;
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
  async answer(target: Target, { inputs, outputs }: InferRequest, asker: Asker): Promise<InferAnswer> {
    const { headers, requestId, caller } = asker;
    // What the protocol itself says comes first: the header is for those who leave it out.
    const version = target.version ?? versionIn(headers)?.toString();
    const loaded = this.models.get(target.model, version);
    const requested = outputs?.map(({ name }) => name as OutputName);
    checkRowCount(inputs[0]!.shape[0]!, this.settings.maxRows);
    const kept = await this.inference.predict({
      encode: encodingOf(inputs),
      featureValue: firstValueOf(inputs),
      check: requested && checkOf(requested),
      model: loaded.name,
      version: version === undefined ? undefined : loaded.version,
      routingKey: routingKeyIn(headers),
      requestId,
      caller,
    });
    // A canary may have other outputs than the version that was looked at.
    const all = kept.version === loaded.version ? outputNames(loaded) : partsOf(kept);
    return { model: kept.model, version: String(kept.version), outputs: outputsOf(kept, requested ?? all) };
  }
}

// Apart from the call: what waits for a shadow must not hold the whole request.
function encodingOf(inputs: readonly WireTensor[]): PredictionRequest['encode'] {
  return (signature, alsoKnown) => encodeTensors(signature, inputs, alsoKnown);
}

function checkOf(requested: readonly OutputName[]): PredictionRequest['check'] {
  return (version) => checkOutputs(requested, outputNames(version));
}

function partsOf({ predictions }: KeptPredictions): OutputName[] {
  return Object.keys(predictions[0]!) as OutputName[];
}
