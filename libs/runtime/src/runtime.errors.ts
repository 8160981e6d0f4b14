import { type ErrorCodes, ServingError } from '@app/core';

/** Error codes of this room. */
export const runtimeErrors = {
  MODEL_NOT_LOADABLE: {
    kind: 'malformed',
    meaning: 'ONNX Runtime refuses the model, or it does not answer as it says.',
  },
  VALUE_OUT_OF_TYPE: {
    kind: 'invalid-input',
    meaning: 'A value does not fit the element type of the tensor that it goes into.',
  },
  RESULT_NOT_FINITE: { kind: 'invalid-input', meaning: 'The model answers NaN or infinity for these features.' },
  SCORING_QUEUE_FULL: {
    kind: 'unavailable',
    meaning: 'Too much scoring is waiting already; Retry-After says for how long.',
  },
  SCORING_THREAD_LOST: {
    kind: 'unavailable',
    meaning: 'The thread that scored the rows has ended; another takes its place.',
  },
  CALLER_GONE: {
    kind: 'malformed',
    meaning: 'The caller went away before its rows were scored; it is for the log only.',
  },
  RUN_FAILED: { kind: 'invalid-input', meaning: 'The model could not be run on these features.' },
} as const satisfies ErrorCodes;

/** True for what `callerGone` makes. */
export function isCallerGone(error: unknown): boolean {
  return error instanceof ServingError && error.code === 'CALLER_GONE';
}

/** What ends the scoring of rows for which nobody waits any more. */
export function callerGone({ reason: cause }: AbortSignal): ServingError {
  return new ServingError('malformed', 'CALLER_GONE', 'the caller went away before its rows were scored', { cause });
}
