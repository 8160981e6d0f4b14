import type { ColumnNeed } from '../converter.js';
import type { ColumnCategories } from './categories.js';

/** How an encoder meets what training did not see. */
export interface EncoderRules {
  readonly refusesUnknown: boolean;
  /** Whether a missing value is one more category that may be unknown. */
  readonly takesMissing: boolean;
}

/** What an encoder asks of its columns. */
export function encoderNeeds(columns: readonly ColumnCategories[], rules: EncoderRules): readonly ColumnNeed[] {
  return columns.map(({ type, known, missingAt }) => {
    const takesMissing = missingAt !== undefined || (rules.takesMissing && !rules.refusesUnknown);
    const need: ColumnNeed = { type, missing: takesMissing ? 'handled' : 'refused' };
    return rules.refusesUnknown ? { ...need, categories: known } : need;
  });
}
