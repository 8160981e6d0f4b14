import type { ErrorCodes } from '@app/core';

/** Error codes of this room. */
export const platformErrors = {
  WORKER_SILENT: {
    kind: 'unavailable',
    meaning: 'One of the processes that serve on this port did not answer the others in time.',
  },
} as const satisfies ErrorCodes;
