import type { Prediction } from '@app/core';

/** What of a prediction is compared. */
export type Scored = Pick<Prediction, 'score' | 'label'>;

/** What two versions have said to one request. */
export interface Pair {
  /** The id of the record that was answered. */
  readonly id: string;
  readonly baseline: Scored;
  readonly candidate: Scored;
}
