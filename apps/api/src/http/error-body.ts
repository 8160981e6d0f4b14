import type { Problem } from '@app/platform';

/** How an error is told to the callers of a path. */
export interface ErrorBody {
  readonly type: string;
  readonly status: number;
  readonly body: unknown;
}

const OPEN_INFERENCE = /^\/v2(\/|$)/i;
const MLFLOW = /^\/invocations\/?$/i;

/** The error body of the protocol that a path belongs to; a problem document everywhere else. */
export function errorBodyOf(path: string, problem: Problem): ErrorBody {
  const { detail, code } = problem;
  // Both protocols know 400 for whatever is wrong with a request; their clients look for no other.
  const status = problem.status === 422 ? 400 : problem.status;
  const type = 'application/json';
  if (OPEN_INFERENCE.test(path)) return { type, status, body: { error: detail } };
  if (MLFLOW.test(path))
    return { type, status, body: { error_code: status === 400 ? 'BAD_REQUEST' : code, message: detail } };
  return { type: 'application/problem+json', status: problem.status, body: problem };
}
