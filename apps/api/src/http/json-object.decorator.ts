import type { NamedFeatures } from '@app/core';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { parseJsonObject } from './json-object.js';

/** The body as a JSON object, read strictly: content type, UTF-8, JSON, object, each with its own refusal. */
export const JsonObject = createParamDecorator((_: unknown, context: ExecutionContext): NamedFeatures => {
  const { headers, body } = context.switchToHttp().getRequest<Request>();
  return parseJsonObject(headers['content-type'], Buffer.isBuffer(body) ? body : Buffer.alloc(0));
});
