import type { NextFunction, Request, Response } from 'express';

/** Refuses a path whose percent escapes are no UTF-8; Express itself looks at those of a route's parameters only. */
export function checkEscapes({ path }: Request, _response: Response, next: NextFunction): void {
  try {
    decodeURIComponent(path);
    next();
  } catch (error) {
    next(error);
  }
}
