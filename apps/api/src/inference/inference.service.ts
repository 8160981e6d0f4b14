import { CaptureRecorder } from '@app/capture';
import { encodeFeatures, type NamedFeatures, type Prediction } from '@app/core';
import { ModelProvider } from '@app/registry';
import { Injectable } from '@nestjs/common';

/** A prediction that is on disk: its id, the version that made it, and what to know about it. */
export interface KeptPrediction extends Prediction {
  readonly id: string;
  readonly version: number;
  readonly warnings: readonly string[];
}

/** THE prediction path: every protocol comes through here. */
@Injectable()
export class InferenceService {
  constructor(
    private readonly provider: ModelProvider,
    private readonly recorder: CaptureRecorder,
  ) {}

  /** Scores one row of named features with the live version of a model; on disk when it returns. */
  async predict(name: string, features: NamedFeatures): Promise<KeptPrediction> {
    const model = this.provider.get(name);
    const { rows, warnings } = encodeFeatures(model.signature, features);
    const [prediction] = await model.predict(rows);
    const capture = { features, prediction: prediction!, model: name, version: model.version, warnings };
    const id = await this.recorder.record(capture);
    return { ...prediction!, id, version: model.version, warnings };
  }
}
