import { randomUUID } from 'node:crypto';
import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { send } from '../doors/door.js';
import { ProblemAnswers } from './problem.answers.js';

/** Answers every error with a problem document. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  constructor(private readonly problems: ProblemAnswers) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    // The answer has begun: only a broken connection can still tell the client that it is not whole.
    if (response.headersSent) return this.breakOff(error, response);
    const { method, path } = request;
    send(response, this.problems.of(error, { method, path, requestId: requestIdOf(request) }));
  }

  private breakOff(error: unknown, response: Response): void {
    this.logger.warn({ err: error }, 'an answer was broken off');
    response.destroy();
  }
}

/** The id that the log has given the request; one that fails before that gets it here. */
export function requestIdOf(request: Request): string {
  request.id ??= randomUUID();
  return typeof request.id === 'object' ? '' : `${request.id}`;
}
