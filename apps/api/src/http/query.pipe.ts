import { ServingError } from '@app/core';
import { ValidationPipe } from '@nestjs/common';

/** Query parameters by their DTO; an unknown, repeated or wrong one is QUERY_INVALID and named. */
export const queryPipe = new ValidationPipe({
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
