import type { ErrorCodes } from '@app/core';

/** Error codes of the protocols: requests whose wire form is wrong. */
export const protocolErrors = {
  MODEL_UNKNOWN: { kind: 'not-found', meaning: 'There is no such model, or the version asked for is not live.' },
  INFER_REQUEST_INVALID: { kind: 'malformed', meaning: 'A part of an inference request is missing or wrong.' },
  TENSOR_INVALID: { kind: 'malformed', meaning: 'A tensor is wrong: its name, shape, datatype or data.' },
  OUTPUT_UNKNOWN: { kind: 'malformed', meaning: 'An output was requested that the model does not have.' },
  INVOCATION_INVALID: { kind: 'malformed', meaning: 'A body of /invocations has no rows, or rows that are not ones.' },
  TOO_MANY_ROWS: { kind: 'too-large', meaning: 'The request has more rows than MAX_ROWS.' },
} as const satisfies ErrorCodes;
