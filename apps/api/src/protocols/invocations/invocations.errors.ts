import { ServingError } from '@app/core';

/** The refusal of a body of /invocations. */
export function bodyInvalid(problem: string): ServingError {
  return new ServingError('malformed', 'INVOCATION_INVALID', problem);
}
