import { CaptureRecorder, type IdRange } from '@app/capture';
import { type EncodedRows, type Prediction, type Rows, ServingError, type Signature } from '@app/core';
import { type LoadedModel, ModelProvider } from '@app/registry';
import { slicesOf } from '@app/runtime';
import { Injectable, Logger } from '@nestjs/common';
import type { PredictionRequest } from './prediction-request.js';
import { canTake, type Route } from './traffic.router.js';

// More rows gain nothing from one run, and would keep the thread that answers for longer.
const ROWS_AT_ONCE = 64;

/** The answer to a request that a shadow scores, too. */
export interface Answered {
  readonly ids: IdRange;
  readonly count: number;
  /** About how much memory its rows take. */
  readonly bytes: number;
  readonly signature: Signature;
}

/** An answered request, for one shadow: no more of the request than that needs. */
export type ShadowOffer = Answered &
  Pick<Route, 'alsoKnown'> &
  Pick<PredictionRequest, 'model' | 'encode' | 'featureValue'> & { readonly version: number };

/** What became of it: scored and kept; left out under load; not fit for the shadow, or the shadow gone; not to be scored. */
export type ShadowOutcome = 'rows' | 'shed' | 'skipped' | 'failed';

/** Scores what was answered with a shadow, and keeps it beside the answer. */
@Injectable()
export class ShadowScorer {
  private readonly logger = new Logger(ShadowScorer.name);
  private readonly saidToFail = new Set<string>();

  constructor(
    private readonly provider: ModelProvider,
    private readonly recorder: CaptureRecorder,
  ) {}

  /** How many rows of a version are scored together: slow ones gain nothing from company, and many would fill the queue of the threads. */
  rowsAtOnce(model: string, version: number): number {
    return this.provider.find(model, version)?.isSlow ? 1 : ROWS_AT_ONCE;
  }

  /** Never rejects: a shadow's failure is nobody's but its own. */
  async score(offer: ShadowOffer): Promise<ShadowOutcome> {
    const loaded = this.provider.find(offer.model, offer.version);
    const encoded = loaded && encode(offer, loaded);
    if (!encoded) return 'skipped';
    try {
      const predictions = await this.predict(offer, encoded.rows);
      const { model, version, ids: request } = offer;
      const source = { model, version, role: 'shadow', request, columns: loaded.signature.features } as const;
      return (await this.recorder.recordShadow({ ...source, ...encoded, predictions })) ? 'rows' : 'shed';
    } catch (error) {
      if (error instanceof ServingError && error.code === 'SCORING_QUEUE_FULL') return 'shed';
      this.sayOnce(offer, error);
      return 'failed';
    }
  }

  // Looked for again for every slice: a version that has left memory meanwhile must not be asked.
  private async predict({ model, version }: ShadowOffer, rows: Rows): Promise<Prediction[]> {
    const scored: Prediction[] = [];
    for (const slice of slicesOf(rows, () => this.rowsAtOnce(model, version)))
      scored.push(...(await this.provider.version(model, version).predict(slice)));
    return scored;
  }

  // The metrics count; the log says why, and not for every row.
  private sayOnce({ model, version }: ShadowOffer, error: unknown): void {
    const name = `version ${version} of model ${model}`;
    if (this.saidToFail.has(name)) return;
    this.saidToFail.add(name);
    this.logger.warn({ err: error }, `${name} cannot score, as a shadow, what was answered`);
  }
}

function encode(offer: ShadowOffer, loaded: LoadedModel): EncodedRows | undefined {
  if (!canTake(loaded, offer, offer.signature)) return undefined;
  try {
    const encoded = offer.encode(loaded.signature, offer.alsoKnown);
    // Its rows are paired with the answered ones by their order.
    return encoded.rows.count === offer.count ? encoded : undefined;
  } catch {
    return undefined;
  }
}
