import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse } from '../openapi/decorators.js';
import { ProblemDto } from './problem.dto.js';

/** Documents the problem answers of a route: a description by status. */
export function ApiProblems(byStatus: Readonly<Record<number, string>>): MethodDecorator {
  const content = { 'application/problem+json': { schema: { $ref: `#/components/schemas/${ProblemDto.name}` } } };
  const responses = Object.entries(byStatus).map(([status, description]) =>
    ApiResponse({ status: Number(status), description, content }),
  );
  return applyDecorators(ApiExtraModels(ProblemDto), ...responses);
}
