import { type FeatureProblem, ServingError, type ServingErrorKind } from '@app/core';

/** The HTTP status of each kind of serving error. */
export const HTTP_STATUS: Readonly<Record<ServingErrorKind, number>> = {
  malformed: 400,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  'unsupported-type': 415,
  'invalid-input': 422,
  'too-many': 429,
  unavailable: 503,
};

/** An RFC 9457 problem document; `detail` is also the member the original service answered with. */
export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  /** The request's id, to be found in the logs. */
  readonly instance: string;
  readonly errors?: readonly FeatureProblem[];
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** The problem document of a serving error. */
export function problemOf(error: ServingError, requestId: string): Problem {
  const problem = httpProblem(HTTP_STATUS[error.kind], error.code, error.message, requestId);
  return error.problems.length > 0 ? { ...problem, errors: error.problems } : problem;
}

/** A problem document for a status that comes from HTTP itself (405, 404, 500 …). */
export function httpProblem(status: number, code: string, detail: string, requestId: string): Problem {
  return {
    type: 'about:blank',
    title: TITLES[status] ?? 'Error',
    status,
    code,
    detail,
    instance: `urn:request:${requestId}`,
  };
}
