import { Injectable } from '@nestjs/common';
import type { Door, DoorAnswer, DoorCall } from '../../doors/door.js';
import { JSON_LENGTH_HEADER, readInferBody } from './binary-body.js';
import { writeInferAnswer } from './infer-answer.js';
import { Infer, type Target } from './infer.js';

const PATH = /^\/v2\/models\/([^/]+)(?:\/versions\/([^/]+))?\/infer\/?$/;

/** POST /v2/models/{model}[/versions/{version}]/infer: the protocol's inference over HTTP, in JSON and in binary. */
@Injectable()
export class InferDoor implements Door {
  constructor(private readonly infer: Infer) {}

  match(path: string): DoorCall['params'] | undefined {
    const [, model, version] = PATH.exec(path) ?? [];
    if (model === undefined) return undefined;
    return version === undefined ? { model } : { model, version };
  }

  async answer(call: DoorCall): Promise<DoorAnswer> {
    const request = readInferBody(call.body, call.headers[JSON_LENGTH_HEADER] as string | undefined);
    const { headers, requestId } = call;
    const asker = { headers, requestId, caller: call };
    return writeInferAnswer(await this.infer.answer(call.params as unknown as Target, request, asker), request);
  }
}
