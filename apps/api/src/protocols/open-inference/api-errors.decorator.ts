import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '../../openapi/decorators.js';
import { OpenInferenceErrorDto } from './open-inference.dto.js';

const MEANINGS = {
  400: 'A part of the request is wrong; `error` names it',
  404: 'There is no such model, or the version is not live',
  408: 'The request took too long to arrive',
  413: 'The body is too large, or has too many rows',
  415: 'The body is packed in a way that is not taken',
  503: 'Not ready, or the prediction cannot be kept now',
} as const;

/** Documents the error answers of a route of the protocol. */
export function ApiErrors(...statuses: readonly (keyof typeof MEANINGS)[]): MethodDecorator {
  return applyDecorators(
    ...statuses.map((status) => ApiResponse({ status, description: MEANINGS[status], type: OpenInferenceErrorDto })),
  );
}
