import { ServingError } from '@app/core';

/** What a database operation gives; COMPARISON_UNAVAILABLE where the database does not answer it. */
export async function orUnavailable<T>(operation: Promise<T>): Promise<T> {
  try {
    return await operation;
  } catch (cause) {
    const message = 'replays and guards cannot be kept or read now: the database does not answer; try again';
    throw new ServingError('unavailable', 'COMPARISON_UNAVAILABLE', message, { cause, retryAfterSeconds: 1 });
  }
}
