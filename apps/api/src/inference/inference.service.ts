import { CaptureRecorder, type CaptureRole } from '@app/capture';
import { VersionMetrics } from '@app/comparison';
import type { EncodedRows, Prediction, Rows } from '@app/core';
import { Metrics } from '@app/platform';
import type { LoadedModel } from '@app/registry';
import { isCallerGone } from '@app/runtime';
import { Injectable } from '@nestjs/common';
import type { KeptPredictions, PredictionRequest } from './prediction-request.js';
import { Shadows } from './shadows.js';
import { type Route, TrafficRouter } from './traffic.router.js';

/** Rows that a version has begun to score. */
interface Begun extends EncodedRows {
  readonly loaded: LoadedModel;
  readonly role: CaptureRole;
  readonly scoring: Promise<Prediction[]>;
  /** When it began; absent where there is no other version to compare it with. */
  readonly beganAt?: number | undefined;
}

/** THE prediction path: every protocol comes through here. */
@Injectable()
export class InferenceService {
  private readonly fallbacksOf: ReturnType<Metrics['counter']>;
  private requests = 0;

  constructor(
    private readonly router: TrafficRouter,
    private readonly recorder: CaptureRecorder,
    private readonly shadows: Shadows,
    private readonly versions: VersionMetrics,
    metrics: Metrics,
  ) {
    const help = 'Requests that the canary could not answer, and the active version did';
    this.fallbacksOf = metrics.counter('scorekeeper_canary_fallbacks_total', help, 'model');
  }

  /** How many requests have come so far, parts of something long not counted. */
  get asked(): number {
    return this.requests;
  }

  /** Scores the rows of a request; they are on disk when it returns, unless the caller wants no record. */
  async predict(request: PredictionRequest): Promise<KeptPredictions> {
    if (request.isPart !== true) this.requests++;
    const route = this.router.route(request);
    const begun = route.role === 'canary' ? await this.tryCanary(request, route) : begin(request, route);
    const { loaded, role, rows, warnings } = begun;
    const predictions = begun.beganAt === undefined ? await begun.scoring : await this.observed(begun, begun.beganAt);
    const { name: model, version, signature } = loaded;
    const captured = { model, version, role, columns: signature.features, rows, predictions, warnings };
    const ids = request.isCaptured === false ? undefined : await this.recorder.record(captured);
    if (ids && route.shadows.length > 0) {
      const answered = { ids, count: rows.count, bytes: bytesOf(rows), signature };
      this.shadows.offer(request, route, answered);
    }
    return { model, version, signature, predictions, warnings, ids };
  }

  private async observed({ loaded, rows, scoring }: Begun, beganAt: number): Promise<Prediction[]> {
    try {
      const predictions = await scoring;
      this.versions.observe(loaded, rows.count, performance.now() - beganAt);
      return predictions;
    } catch (error) {
      if (!isCallerGone(error)) this.versions.observeFailure(loaded, rows.count);
      throw error;
    }
  }

  // What the active version can answer never fails because of a canary; what neither can is refused by the active one.
  private async tryCanary(request: PredictionRequest, route: Route): Promise<Begun> {
    try {
      const begun = begin(request, route);
      await begun.scoring;
      return begun;
    } catch (error) {
      if (isCallerGone(error)) throw error;
      const begun = begin(request, this.router.active(request.model));
      // What the active version cannot answer either is no failure of the canary.
      begun.scoring.then(
        () => this.countFallback(request.model, route, begun.rows.count),
        () => undefined,
      );
      return begun;
    }
  }

  private countFallback(model: string, { loaded }: Route, rows: number): void {
    this.fallbacksOf(model).inc();
    this.versions.observeFailure(loaded, rows);
  }
}

// Encoded and begun in one step with the choice: a version that is replaced meanwhile still answers its own rows.
function begin(request: PredictionRequest, { loaded, role, alsoKnown }: Route): Begun {
  const beganAt = alsoKnown && role !== 'forced' ? performance.now() : undefined;
  request.check?.(loaded);
  const { rows, warnings } = request.encode(loaded.signature, alsoKnown);
  // A single row of a fast model is scored in less time than making a signal takes.
  const signal = rows.count > 1 || loaded.isSlow ? request.caller?.signal : undefined;
  return { loaded, role, rows, warnings, scoring: loaded.predict(rows, signal), beganAt };
}

function bytesOf({ numbers, texts }: Rows): number {
  return texts.reduce((bytes, { length }) => bytes + 2 * length, numbers.byteLength);
}
