import { type ErrorCodes, ServingError } from '@app/core';

/** Error codes of batches. */
export const batchErrors = {
  ROW_MALFORMED: { kind: 'malformed', meaning: 'A row of a batch cannot be read.' },
  BATCH_MALFORMED: { kind: 'malformed', meaning: 'From some row on a batch cannot be read.' },
  CAPTURE_REQUIRED: {
    kind: 'malformed',
    meaning: '`capture=false` was asked for, and CAPTURE_OPTIONAL does not allow it.',
  },
} as const satisfies ErrorCodes;

export function rowMalformed(problem: string): ServingError {
  return new ServingError('malformed', 'ROW_MALFORMED', problem);
}

export function batchMalformed(problem: string): ServingError {
  return new ServingError('malformed', 'BATCH_MALFORMED', problem);
}
