import { Injectable } from '@nestjs/common';
import { JSON_LENGTH_HEADER, readInferBody } from './binary-body.js';
import { type InferReply, writeInferAnswer } from './infer-answer.js';
import { Infer, type Target } from './infer.js';

/** An inference request as HTTP brings it, whoever holds the connection. */
export interface InferCall extends Target {
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: Buffer;
  /** Aborted when the caller has gone. */
  readonly signal?: AbortSignal;
}

/** The protocol's inference over HTTP: bytes in, bytes out; throws a ServingError for what it refuses. */
@Injectable()
export class InferDoor {
  constructor(private readonly infer: Infer) {}

  async answer({ headers, body, signal, ...target }: InferCall): Promise<InferReply> {
    const request = readInferBody(body, headers[JSON_LENGTH_HEADER] as string | undefined);
    return writeInferAnswer(await this.infer.answer(target, request, signal), request);
  }
}
