import type { Label } from './signature.js';

/** One scored row (DESIGN "What score is"): a number, or several for several targets or a transformer, where null is a missing value. */
export interface Prediction {
  readonly score: number | readonly (number | null)[];
  readonly label?: Label;
  /** By class name. */
  readonly probabilities?: Readonly<Record<string, number>>;
  /** Decision values by class name. */
  readonly decision?: Readonly<Record<string, number>>;
}
