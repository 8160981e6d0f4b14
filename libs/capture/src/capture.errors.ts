import type { ErrorCodes } from '@app/core';

/** Error codes of this room. */
export const captureErrors = {
  CAPTURE_UNAVAILABLE: { kind: 'unavailable', meaning: 'The prediction could not be kept, so it was not answered.' },
  HISTORY_UNAVAILABLE: { kind: 'unavailable', meaning: 'The database that holds the history does not answer.' },
} as const satisfies ErrorCodes;
