import { CaptureRecorder } from '@app/capture';
import { ModelProvider } from '@app/registry';
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
    const loaded = this.provider.get(request.model);
    // Chosen, encoded and begun in one step: a version that is replaced meanwhile still answers its own rows.
    const { rows, warnings } = request.encode(loaded.signature);
    const predictions = await loaded.predict(rows);
    const scored = { model: loaded.name, version: loaded.version, predictions, warnings };
    if (request.isCaptured === false) return { ...scored, signature: loaded.signature };
    const ids = await this.recorder.record({ ...scored, columns: loaded.signature.features, rows });
    return { ...scored, signature: loaded.signature, ids };
  }
}
