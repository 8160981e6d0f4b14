import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

const LONGEST_USER = 100;

/** Who sends the request, as far as the header X-User says it. */
export const User = createParamDecorator((_: unknown, context: ExecutionContext): string | undefined =>
  userIn(context.switchToHttp().getRequest<Request>().headers['x-user']),
);

/** A name as the audit log keeps it; undefined where there is none. */
export function userIn(text: unknown): string | undefined {
  if (typeof text !== 'string' || text.trim() === '') return undefined;
  return text.trim().slice(0, LONGEST_USER);
}

/** How the documents show the header. */
export const API_USER = {
  name: 'X-User',
  description: 'Who asks, for the events',
  required: false,
  schema: { type: 'string', example: 'mira' },
} as const;
