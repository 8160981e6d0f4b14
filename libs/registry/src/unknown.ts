import { ServingError } from '@app/core';

/** There is no model of that name. */
export function modelNotFound(name: string): never {
  const message = `there is no model ${JSON.stringify(name)}; GET /models lists those that there are`;
  throw new ServingError('not-found', 'MODEL_NOT_FOUND', message);
}

/** There is no such version of a model. */
export function versionNotFound(name: string, version: number): never {
  const message = `model ${JSON.stringify(name)} has no version ${version}; GET /models/${name}/versions lists those that it has`;
  throw new ServingError('not-found', 'VERSION_NOT_FOUND', message);
}
