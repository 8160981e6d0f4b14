import { ServingError } from '@app/core';

const MODEL_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** Whether a text may be the name of a model. */
export function isModelName(text: string): boolean {
  return MODEL_NAME.test(text);
}

/** The text as the name of a model; throws MODEL_NAME_INVALID where it can be none. */
export function checkModelName(text: string): string {
  if (isModelName(text)) return text;
  const message = `${JSON.stringify(text.slice(0, 200))} can be no model's name: 1 to 100 of A-Z, a-z, 0-9, ".", "_" and "-", the first a letter or digit`;
  throw new ServingError('invalid-input', 'MODEL_NAME_INVALID', message);
}
