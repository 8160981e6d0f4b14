import { ServingError } from '@app/core';

/** A model file that is not converted: what stands in the way, and what its owner can do instead. */
export class ConversionRefused extends ServingError {
  constructor(
    code: string,
    message: string,
    readonly advice: string,
  ) {
    super('malformed', code, `${message}. ${advice}`);
  }
}
