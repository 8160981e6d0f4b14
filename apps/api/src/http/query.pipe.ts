import { ServingError } from '@app/core';
import { type ArgumentMetadata, type PipeTransform, ValidationPipe } from '@nestjs/common';
import { loadValidators } from './validators.js';

class QueryPipe implements PipeTransform<unknown, Promise<unknown>> {
  private validation: ValidationPipe | undefined;

  async transform(query: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    await loadValidators();
    this.validation ??= makeValidation();
    return this.validation.transform(query, metadata);
  }
}

/** Query parameters by their DTO; an unknown, repeated or wrong one is QUERY_INVALID and named. */
export const queryPipe = new QueryPipe();

// Making one has Nest read the libraries.
function makeValidation(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => {
      const reasons = errors.flatMap(({ property, constraints }) =>
        Object.values(constraints ?? { wrong: `${property} is wrong` }),
      );
      return new ServingError('malformed', 'QUERY_INVALID', reasons.join('; ').slice(0, 1000));
    },
  });
}
