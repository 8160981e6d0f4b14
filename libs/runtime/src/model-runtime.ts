import type { Prediction, Rows } from '@app/core';

/** Something that scores encoded rows. Whoever implements it answers rows in their order and never a number that is not finite. */
export interface ModelRuntime {
  /** One prediction a row; a ServingError where a row cannot be scored. What has not begun when `signal` aborts is not begun. */
  predict(rows: Rows, signal?: AbortSignal): Promise<Prediction[]>;
  /** Frees the model's memory; called once, after the last prediction has ended. */
  release(): Promise<void>;
}
