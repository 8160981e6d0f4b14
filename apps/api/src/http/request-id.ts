import { randomUUID } from 'node:crypto';
import type { Request } from 'express';

/** The id that the log has given the request; one that fails before that gets it here. */
export function requestIdOf(request: Request): string {
  request.id ??= randomUUID();
  return typeof request.id === 'object' ? '' : `${request.id}`;
}
