import type { ErrorCodes } from '@app/core';

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
  RUN_FAILED: { kind: 'invalid-input', meaning: 'The model could not be run on these features.' },
} as const satisfies ErrorCodes;
