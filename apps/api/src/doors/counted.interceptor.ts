import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import type { Observable } from 'rxjs';
import { DoorKeeper } from './door.keeper.js';

/** Counts the answers of a controller among those of the doors; one that breaks off is none. */
@Injectable()
export class CountedInterceptor implements NestInterceptor {
  constructor(private readonly keeper: DoorKeeper) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const response = context.switchToHttp().getResponse<Response>();
    response.once('finish', () => this.keeper.count(response.statusCode));
    return next.handle() as Observable<unknown>;
  }
}
