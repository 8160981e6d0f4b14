import { ServingError } from '@app/core';
import { HTTP_STATUS, httpProblem, type Problem, problemOf } from '@app/platform';
import { HttpException, Injectable, Logger } from '@nestjs/common';
import type { DoorAnswer, DoorCall } from '../doors/door.js';
import { errorBodyOf } from './error-body.js';
import { AllowedMethods } from './allowed-methods.js';
import { statusCodes } from './http.errors.js';

/** The request that failed. */
export type Failed = Pick<DoorCall, 'method' | 'path' | 'requestId'>;

/** Words every error as a problem document, or as the protocol of its path has it; what is not meant for the caller is logged and answered as a bare 500. */
@Injectable()
export class ProblemAnswers {
  private readonly logger = new Logger('ProblemFilter');

  constructor(private readonly methods: AllowedMethods) {}

  /** The answer to a request that failed with `error`. */
  of(error: unknown, failed: Failed): DoorAnswer {
    return error instanceof ServingError ? this.serving(error, failed) : this.http(error, failed);
  }

  /** Notes an answer that failed when it had begun: only a broken connection can still tell the client that it is not whole. */
  brokenOff(error: unknown, requestId: string): void {
    this.logger.warn({ err: error, requestId }, 'an answer was broken off');
  }

  private serving(error: ServingError, { path, requestId }: Failed): DoorAnswer {
    if (HTTP_STATUS[error.kind] >= 500) this.logger.warn({ err: error.cause ?? error, requestId }, error.message);
    const retry = error.retryAfterSeconds;
    return answerOf(path, problemOf(error, requestId), retry === undefined ? {} : { 'Retry-After': String(retry) });
  }

  private http(error: unknown, failed: Failed): DoorAnswer {
    const status = statusOf(error);
    const allowed = status === 404 ? this.methods.of(failed.path) : [];
    if (allowed.length > 0) return notAllowed(allowed, failed);
    if (status >= 500) this.logger.error({ err: error, requestId: failed.requestId }, 'a request failed');
    return answerOf(
      failed.path,
      httpProblem(status, codeOf(status), detailOf(status, failed, error), failed.requestId),
    );
  }
}

function answerOf(path: string, problem: Problem, headers: Readonly<Record<string, string>> = {}): DoorAnswer {
  const { type, status, body } = errorBodyOf(path, problem);
  return { status, headers: { 'Content-Type': `${type}; charset=utf-8`, ...headers }, body: JSON.stringify(body) };
}

interface HttpError {
  readonly status?: unknown;
  readonly statusCode?: unknown;
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  if (error instanceof URIError) return 400;
  const { status, statusCode } = (error ?? {}) as HttpError;
  const given = Number(status ?? statusCode);
  return given >= 400 && given < 500 ? given : 500;
}

function codeOf(status: number): string {
  return (statusCodes[status] ?? statusCodes[status < 500 ? 400 : 500]!).code;
}

function detailOf(status: number, { path }: Failed, error: unknown): string {
  if (status === 404) return `there is no path ${path.slice(0, 200)}; /docs shows those that are`;
  if (status >= 500) return 'the service failed; its log says why under the id in instance';
  return `${statusCodes[status]?.meaning ?? 'The request cannot be taken.'} (${error instanceof Error ? error.message : status})`;
}

function notAllowed(allowed: readonly string[], { path, method, requestId }: Failed): DoorAnswer {
  const detail = `${path} does not take ${method}, only ${allowed.join(', ')}`;
  return answerOf(path, httpProblem(405, codeOf(405), detail, requestId), { Allow: allowed.join(', ') });
}
