import type { Problem } from '@app/platform';

/** How an error is told to the callers of a path. */
export interface ErrorBody {
  readonly type: string;
  readonly status: number;
  readonly body: unknown;
}

// The protocol knows 400 for whatever is wrong with a request; its clients look for no other.
const OPEN_INFERENCE = /^\/v2(\/|$)/i;
const MLFLOW = /^\/invocations\/?$/i;

/** The error body of the protocol that a path belongs to; a problem document everywhere else. */
export function errorBodyOf(path: string, problem: Problem): ErrorBody {
  const { status, detail, code } = problem;
  const type = 'application/json';
  if (OPEN_INFERENCE.test(path)) return { type, status: status === 422 ? 400 : status, body: { error: detail } };
  if (MLFLOW.test(path)) return { type, status, body: { error_code: MLFLOW_CODES[status] ?? code, message: detail } };
  return { type: 'application/problem+json', status, body: problem };
}

const MLFLOW_CODES: Readonly<Record<number, string>> = { 400: 'BAD_REQUEST' };
