import type { ErrorCodes } from '@app/core';

/** Error codes of this room. */
export const registryErrors = {
  MODEL_NOT_LIVE: { kind: 'unavailable', meaning: 'No version of the model is live; load one.' },
  MODEL_LOAD_TIMEOUT: { kind: 'malformed', meaning: 'The model file took too long to read or to load.' },
  MODEL_LOAD_CRASHED: {
    kind: 'malformed',
    meaning: 'The model file made its trial load crash or take too much memory.',
  },
  MODEL_CHECK_FAILED: {
    kind: 'malformed',
    meaning: 'The converted model does not answer what the uploaded one does.',
  },
  SIGNATURE_INVALID: {
    kind: 'malformed',
    meaning: 'The signature beside the model file is not one, or does not fit the file.',
  },
  REGISTRY_UNAVAILABLE: { kind: 'unavailable', meaning: 'The database that holds the models does not answer.' },
} as const satisfies ErrorCodes;
