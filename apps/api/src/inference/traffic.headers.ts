import type { IncomingHttpHeaders } from 'node:http';
import { ServingError } from '@app/core';
import { applyDecorators } from '@nestjs/common';
import { ApiHeader } from '../openapi/decorators.js';

/** The version that a request asks for, whatever the traffic says (`X-Model-Version`). */
export function versionIn(headers: IncomingHttpHeaders): number | undefined {
  const text = headers['x-model-version'];
  if (text === undefined) return undefined;
  if (typeof text === 'string' && /^[1-9]\d{0,8}$/.test(text)) return Number(text);
  const came = JSON.stringify(String(text).slice(0, 100));
  const message = `X-Model-Version is ${came}; it takes the number of a version, a whole number from 1`;
  throw new ServingError('malformed', 'HEADER_INVALID', message);
}

/** What keeps the callers of a request on one side of a canary (`X-Routing-Key`). */
export function routingKeyIn(headers: IncomingHttpHeaders): string | undefined {
  return headers['x-routing-key']?.toString();
}

/** Documents both headers. */
export function ApiTrafficHeaders(): MethodDecorator {
  return applyDecorators(
    ApiHeader({
      name: 'X-Routing-Key',
      description: 'Keeps whoever sends it on one side of a canary: a name of the caller, of a customer, …',
      required: false,
      schema: { type: 'string', example: 'customer-17' },
    }),
    ApiHeader({
      name: 'X-Model-Version',
      description: 'Asks for one version, whatever the traffic says; for tests',
      required: false,
      schema: { type: 'integer', minimum: 1, example: 1 },
    }),
  );
}
