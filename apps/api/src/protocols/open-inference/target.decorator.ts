import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Target } from './infer.js';

/** The model, and the version where the path has one. */
export const TargetOf = createParamDecorator((_: unknown, context: ExecutionContext): Target => {
  const { model, version } = context.switchToHttp().getRequest<Request<Record<string, string>>>().params;
  return { model: model!, ...(version !== undefined && { version }) };
});
