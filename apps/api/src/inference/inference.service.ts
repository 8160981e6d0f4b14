import { CaptureRecorder } from '@app/capture';
import { type LoadedModel, ModelProvider } from '@app/registry';
import { Injectable } from '@nestjs/common';
import type { KeptPredictions, PredictionRequest } from './prediction-request.js';

/** THE prediction path: every protocol comes through here. */
@Injectable()
export class InferenceService {
  constructor(
    private readonly provider: ModelProvider,
    private readonly recorder: CaptureRecorder,
  ) {}

  /** Scores the rows of a request; they are on disk when it returns, unless the caller wants no record. */
  async predict(request: PredictionRequest): Promise<KeptPredictions> {
    const loaded = this.choose(request);
    // Chosen, encoded and begun in one step: a version that is replaced meanwhile still answers its own rows.
    const { rows, warnings } = request.encode(loaded.signature);
    // A single row of a fast model is scored in less time than making a signal takes.
    const signal = rows.count > 1 || loaded.isSlow ? request.caller?.signal : undefined;
    const predictions = await loaded.predict(rows, signal);
    const scored = { model: loaded.name, version: loaded.version, predictions, warnings };
    const captured = { ...scored, columns: loaded.signature.features, rows };
    const ids = request.isCaptured === false ? undefined : await this.recorder.record(captured);
    return { ...scored, signature: loaded.signature, ids };
  }

  private choose({ model, version }: PredictionRequest): LoadedModel {
    return version === undefined ? this.provider.get(model) : this.provider.version(model, version);
  }
}
