/** The eight ways in which a caller's request can fail; `errors.ts` of each protocol maps them to its own statuses. */
export type ServingErrorKind =
  | 'malformed'
  | 'too-large'
  | 'unsupported-type'
  | 'invalid-input'
  | 'not-found'
  | 'conflict'
  | 'too-many'
  | 'unavailable';

/** What one feature of a request got wrong: what came, and what the model expects in its place. */
export interface FeatureProblem {
  readonly feature: string;
  readonly problem: string;
  readonly expected: string;
}

/** A table of stable error codes, declared beside the room that throws them and listed in docs/errors.md. */
export type ErrorCodes = Readonly<Record<string, { readonly kind: ServingErrorKind; readonly meaning: string }>>;

interface ServingErrorOptions {
  readonly cause?: unknown;
  readonly problems?: readonly FeatureProblem[];
  /** Seconds after which it is worth trying again; sent as `Retry-After`. */
  readonly retryAfterSeconds?: number;
}

/** An error that is meant for the caller: its message says what was wrong and what would be right. */
export class ServingError extends Error {
  readonly problems: readonly FeatureProblem[];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly kind: ServingErrorKind,
    readonly code: string,
    message: string,
    options: ServingErrorOptions = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'ServingError';
    this.problems = options.problems ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
