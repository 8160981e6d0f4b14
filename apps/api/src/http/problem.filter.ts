import { randomUUID } from 'node:crypto';
import { ServingError } from '@app/core';
import { HTTP_STATUS, httpProblem, type Problem, problemOf } from '@app/platform';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Injectable, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { errorBodyOf } from './error-body.js';
import { AllowedMethods } from './allowed-methods.js';
import { statusCodes } from './http.errors.js';

/** Answers every error with a problem document, or as the protocol of its path has it; what is not meant for the caller is logged and answered as a bare 500. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  constructor(private readonly methods: AllowedMethods) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    // The answer has begun: only a broken connection can still tell the client that it is not whole.
    if (response.headersSent) return this.breakOff(error, response);
    const isOurs = error instanceof ServingError;
    const problem = isOurs ? this.serving(error, request, response) : this.http(error, request, response);
    const { status, type, body } = errorBodyOf(request.path, problem);
    response.status(status).type(type).send(JSON.stringify(body));
  }

  private serving(error: ServingError, request: Request, response: Response): Problem {
    if (error.retryAfterSeconds !== undefined) response.set('Retry-After', String(error.retryAfterSeconds));
    if (HTTP_STATUS[error.kind] >= 500)
      this.logger.warn({ err: error.cause ?? error, requestId: requestIdOf(request) }, error.message);
    return problemOf(error, requestIdOf(request));
  }

  private http(error: unknown, request: Request, response: Response): Problem {
    const status = statusOf(error);
    const allowed = status === 404 ? this.methods.of(request.path) : [];
    if (allowed.length > 0) return notAllowed(allowed, request, response);
    if (status >= 500) this.logger.error({ err: error, requestId: requestIdOf(request) }, 'a request failed');
    return httpProblem(status, codeOf(status), detailOf(status, request, error), requestIdOf(request));
  }

  private breakOff(error: unknown, response: Response): void {
    this.logger.warn({ err: error }, 'an answer was broken off');
    response.destroy();
  }
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

// A request that fails before the log has named it gets its name here.
function requestIdOf(request: Request): string {
  request.id ??= randomUUID();
  return typeof request.id === 'object' ? '' : `${request.id}`;
}

function codeOf(status: number): string {
  return (statusCodes[status] ?? statusCodes[status < 500 ? 400 : 500]!).code;
}

function detailOf(status: number, request: Request, error: unknown): string {
  if (status === 404) return `there is no path ${request.path.slice(0, 200)}; /docs shows those that are`;
  if (status >= 500) return 'the service failed; its log says why under the id in instance';
  return `${statusCodes[status]?.meaning ?? 'The request cannot be taken.'} (${error instanceof Error ? error.message : status})`;
}

function notAllowed(allowed: readonly string[], request: Request, response: Response): Problem {
  response.set('Allow', allowed.join(', '));
  const detail = `${request.path} does not take ${request.method}, only ${allowed.join(', ')}`;
  return httpProblem(405, codeOf(405), detail, requestIdOf(request));
}
