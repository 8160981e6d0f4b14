import type { Prediction, Rows } from '@app/core';

/** Something that scores encoded rows. Whoever implements it answers rows in their order and never a number that is not finite. */
export interface ModelRuntime {
  /** One prediction a row; a ServingError where a row cannot be scored, CALLER_GONE where nobody waits for them any more. */
  predict(rows: Rows, signal?: AbortSignal): Promise<Prediction[]>;
  /** True where a single row may wait, or take long: its caller may want to give up. */
  readonly isSlow?: boolean;
  /** Frees the model's memory; called once, after the last prediction has ended. */
  release(): Promise<void>;
}
