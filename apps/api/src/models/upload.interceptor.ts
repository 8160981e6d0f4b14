import { ServingError } from '@app/core';
import { Settings } from '@app/platform';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Request, RequestHandler, Response } from 'express';
import multer, { MulterError, memoryStorage } from 'multer';
import { finalize, type Observable } from 'rxjs';
import { FILE_PARTS } from './upload.js';

/** Reads a multipart upload into memory, within limits on its size and on the number of uploads at a time. */
@Injectable()
export class UploadInterceptor implements NestInterceptor {
  private readonly read: RequestHandler;
  private running = 0;

  constructor(private readonly settings: Settings) {
    const limits = {
      fileSize: settings.maxUploadBytes,
      files: FILE_PARTS.length,
      fields: 20,
      parts: 20 + FILE_PARTS.length,
      fieldSize: settings.maxBodyBytes,
    };
    const parts = FILE_PARTS.map((name) => ({ name, maxCount: 1 }));
    this.read = multer({ storage: memoryStorage(), limits: { ...limits, headerPairs: 50 } }).fields(parts);
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    this.check(http.getRequest<Request>());
    this.running++;
    try {
      await this.receive(http.getRequest(), http.getResponse());
    } catch (error) {
      this.running--;
      throw error;
    }
    return next.handle().pipe(finalize(() => this.running--));
  }

  private check(request: Request): void {
    if (!request.is('multipart/form-data')) {
      const message = `Content-Type ${request.headers['content-type'] ?? '(none)'} is not taken; send multipart/form-data with a part "file"`;
      throw new ServingError('unsupported-type', 'CONTENT_TYPE_WRONG', message);
    }
    if (this.running < this.settings.maxUploads) return;
    const message = `${this.running} uploads are being read already; try again`;
    throw new ServingError('too-many', 'UPLOADS_BUSY', message, { retryAfterSeconds: 1 });
  }

  private receive(request: Request, response: Response): Promise<void> {
    return new Promise((resolve, reject) => {
      void this.read(request, response, (error: unknown) => (error ? reject(this.refusal(error)) : resolve()));
    });
  }

  // Whatever multer or its parser objects to is the caller's body.
  private refusal(cause: unknown): ServingError {
    if (cause instanceof MulterError && cause.code === 'LIMIT_FILE_SIZE') {
      const message = `the file is larger than ${this.settings.maxUploadBytes} bytes (MAX_UPLOAD_BYTES)`;
      return new ServingError('too-large', 'UPLOAD_TOO_LARGE', message, { cause });
    }
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `the upload cannot be read: ${reason}; send one file in a part "file"`;
    return new ServingError('malformed', 'UPLOAD_MALFORMED', message, { cause });
  }
}
