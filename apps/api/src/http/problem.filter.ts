import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { send } from '../doors/send.js';
import { ProblemAnswers } from './problem.answers.js';
import { requestIdOf } from './request-id.js';

/** Answers every error with a problem document. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly problems: ProblemAnswers) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const requestId = requestIdOf(request);
    if (response.headersSent) return this.breakOff(error, requestId, response);
    const { method, path } = request;
    void send(response, this.problems.of(error, { method, path, requestId }));
  }

  private breakOff(error: unknown, requestId: string, response: Response): void {
    this.problems.brokenOff(error, requestId);
    response.destroy();
  }
}
