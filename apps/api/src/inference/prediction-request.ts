import type { IdRange } from '@app/capture';
import type { EncodedRows, Prediction, RowWarnings, Signature } from '@app/core';

/** What every protocol asks of InferenceService. */
export interface PredictionRequest {
  readonly model: string;
  /** Asks for one version, whatever the traffic says. */
  readonly version?: number;
  /** Encodes the rows by the signature of the version that answers; throws a ServingError where they do not fit. */
  encode(signature: Signature): EncodedRows;
  /** False where the caller wants no record. */
  readonly isCaptured?: boolean;
  readonly caller?: Caller;
}

/** Whoever waits for an answer. Not a getter of the request: an object literal with one has a shape of its own each time. */
export interface Caller {
  /** Aborted when the caller has gone: what has not begun is not begun. Made when it is asked for. */
  readonly signal: AbortSignal;
}

/** Predictions that are kept, one a row, and the version that made them. */
export interface KeptPredictions {
  readonly model: string;
  readonly version: number;
  readonly signature: Signature;
  readonly predictions: readonly Prediction[];
  readonly warnings: RowWarnings;
  /** The ids of the rows in the history; undefined where the settings say that these are not kept. */
  readonly ids: IdRange | undefined;
}
