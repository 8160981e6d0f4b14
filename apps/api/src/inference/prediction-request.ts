import type { IdRange } from '@app/capture';
import type { AlsoKnown, EncodedRows, Prediction, RowWarnings, Signature } from '@app/core';
import type { LoadedModel } from '@app/registry';

/** What every protocol asks of InferenceService. */
export interface PredictionRequest {
  readonly model: string;
  /** Asks for one version, whatever the traffic says. */
  readonly version?: number | undefined;
  /** Keeps its caller on one side of a canary. */
  readonly routingKey?: string | undefined;
  /** Does so where there is neither a key nor the routing feature: then it is only a request that stays on its side. */
  readonly requestId?: string | undefined;
  /**
   * The value of a feature in the first row, where the rows carry the names of their features. Without this, only
   * versions with the very features of the active one have a part in the request: for another one, its rows would mean
   * something else.
   */
  readonly featureValue?: ((this: void, feature: string) => unknown) | undefined;
  /**
   * Encodes the rows by the signature of a version that scores them, also after the answer; throws a ServingError where
   * they do not fit. It may be called for several versions, and gives the same rows to each; names in `alsoKnown` are
   * for other versions.
   */
  readonly encode: (this: void, signature: Signature, alsoKnown?: AlsoKnown) => EncodedRows;
  /** Throws a ServingError where a version, though it takes the rows, cannot give what is asked for; called before it scores them. */
  readonly check?: ((this: void, version: LoadedModel) => void) | undefined;
  /** False where the caller wants no record. */
  readonly isCaptured?: boolean;
  /** True for a part of something long, which goes on when others have had their turn. */
  readonly isPart?: boolean;
  readonly caller?: Caller | undefined;
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
