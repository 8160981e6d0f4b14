import type { ErrorCodes } from '@app/core';

/** Error codes of this room. */
export const comparisonErrors = {
  COMPARISON_INVALID: { kind: 'invalid-input', meaning: 'The candidate and the baseline are the same version.' },
  NOTHING_TO_COMPARE: { kind: 'conflict', meaning: 'The two versions have no request in common in that time.' },
  COMPARISONS_BUSY: { kind: 'too-many', meaning: 'Too many comparisons wait already.' },
  COMPARISON_UNAVAILABLE: { kind: 'unavailable', meaning: 'The comparison broke off, as the database did not answer.' },
  REPLAY_INVALID: { kind: 'invalid-input', meaning: 'The wanted replay has an unknown or wrong part.' },
  REPLAY_RUNNING: { kind: 'conflict', meaning: 'This process replays already: one replay at a time.' },
  GUARD_INVALID: { kind: 'invalid-input', meaning: 'The wanted guard has an unknown or wrong part, or no rule.' },
  GUARD_NOT_FOUND: { kind: 'not-found', meaning: 'The model has no guard.' },
  REPLAY_NOT_FOUND: { kind: 'not-found', meaning: 'The model has no replay of that id.' },
} as const satisfies ErrorCodes;
