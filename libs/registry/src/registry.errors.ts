import type { ErrorCodes } from '@app/core';

/** Error codes of this room. */
export const registryErrors = {
  MODEL_NOT_LIVE: { kind: 'unavailable', meaning: 'No version of the model is live; load one.' },
  MODEL_NOT_FOUND: { kind: 'not-found', meaning: 'There is no model of that name.' },
  MODEL_NAME_INVALID: { kind: 'invalid-input', meaning: 'The text cannot be the name of a model.' },
  VERSION_NOT_FOUND: { kind: 'not-found', meaning: 'The model has no such version.' },
  VERSION_NOT_LOADED: {
    kind: 'conflict',
    meaning: 'The version exists, but has no part in the traffic and is not in memory.',
  },
  VERSION_IN_TRAFFIC: {
    kind: 'conflict',
    meaning: 'The version is active, the canary or a shadow, so it cannot be deleted.',
  },
  VERSION_EXISTS: { kind: 'conflict', meaning: 'The model has a version with this number already.' },
  SIGNATURE_CHANGES: {
    kind: 'conflict',
    meaning: 'The version takes other features than the live one; `errors` names each difference.',
  },
  NOT_LIVE_YET: { kind: 'conflict', meaning: 'No version of the model is live yet, so it has no traffic.' },
  NOTHING_TO_ROLL_BACK: { kind: 'conflict', meaning: 'No version was live before the one that is.' },
  TRAFFIC_INVALID: {
    kind: 'invalid-input',
    meaning: 'The traffic has an unknown role, a wrong share, or a version twice.',
  },
  TRAFFIC_CHANGED: { kind: 'conflict', meaning: 'Somebody has changed the model since it was looked at.' },
  SAMPLE_INVALID: {
    kind: 'invalid-input',
    meaning: 'The sample beside the model file cannot be read or does not fit the model.',
  },
  SAMPLE_DIFFERS: {
    kind: 'invalid-input',
    meaning: 'The model does not reproduce the scores of its sample; `errors` has the first rows that differ.',
  },
  BASELINE_INVALID: {
    kind: 'invalid-input',
    meaning: 'The baseline beside the model file cannot be read or does not fit the model.',
  },
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
