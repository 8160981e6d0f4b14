import type { ErrorCodes } from '@app/core';

/** Error codes of this room. */
export const captureErrors = {
  CAPTURE_UNAVAILABLE: { kind: 'unavailable', meaning: 'The prediction could not be kept, so it was not answered.' },
  CAPTURE_TOO_LARGE: {
    kind: 'invalid-input',
    meaning: 'The record of a row would be larger than the database takes, so the prediction was not answered.',
  },
  HISTORY_UNAVAILABLE: { kind: 'unavailable', meaning: 'The database that holds the history does not answer.' },
} as const satisfies ErrorCodes;
