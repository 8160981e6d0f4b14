import { ServingError, type ErrorCodes } from '@app/core';

/** The codes of this room, listed in docs/errors.md. */
export const convertErrors = {
  MODEL_EMPTY: { kind: 'malformed', meaning: 'the uploaded file has no bytes' },
  MODEL_FORMAT_UNKNOWN: { kind: 'malformed', meaning: 'the file is not in a format that the server reads' },
  MODEL_UNREADABLE: { kind: 'malformed', meaning: 'the file is damaged, truncated, or not what its format asks for' },
  MODEL_NOT_SUPPORTED: {
    kind: 'malformed',
    meaning: 'the file was understood, but the server cannot serve this model',
  },
  MODEL_TOO_COMPLEX: { kind: 'malformed', meaning: 'the model goes beyond a limit that protects the server' },
} as const satisfies ErrorCodes;

/** One of the codes of this room. */
export type ConvertErrorCode = keyof typeof convertErrors;

/** Says why a file is not taken: what was found in it, and what to do instead. */
export class ConversionRefused extends ServingError {
  constructor(
    code: ConvertErrorCode,
    found: string,
    /** What to do instead; also the end of the message. */
    readonly advice: string,
    cause?: unknown,
  ) {
    super(convertErrors[code].kind, code, `${found}. ${advice[0]!.toUpperCase()}${advice.slice(1)}`, { cause });
    this.name = 'ConversionRefused';
  }
}
