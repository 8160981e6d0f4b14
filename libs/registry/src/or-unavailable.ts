import { ServingError } from '@app/core';

/** What a database operation gives; REGISTRY_UNAVAILABLE where the database does not answer it. */
export async function orUnavailable<T>(operation: Promise<T>): Promise<T> {
  try {
    return await operation;
  } catch (cause) {
    if (cause instanceof ServingError) throw cause;
    const message = 'models cannot be kept or read now: the database does not answer; try again';
    throw new ServingError('unavailable', 'REGISTRY_UNAVAILABLE', message, { cause, retryAfterSeconds: 1 });
  }
}
