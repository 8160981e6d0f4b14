import { encodeFeatures } from '@app/core';
import { Settings } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { type Door, type DoorAnswer, type DoorCall, jsonAnswer } from '../doors/door.js';
import { parseJsonObject } from '../http/json-object.js';
import { InferenceService } from './inference.service.js';
import { toPredictResponse } from './predict.dto.js';

const DEFAULT_MODEL = {};
const NAMED_MODEL = /^\/models\/([^/]+)\/predict\/?$/;

/** POST /model/predict/ and /models/{name}/predict/: one JSON object of named features in, its score out. */
@Injectable()
export class PredictDoor implements Door {
  readonly method = 'POST';

  constructor(
    private readonly inference: InferenceService,
    private readonly settings: Settings,
  ) {}

  match(path: string): DoorCall['params'] | undefined {
    if (path === '/model/predict/' || path === '/model/predict') return DEFAULT_MODEL;
    const name = NAMED_MODEL.exec(path)?.[1];
    return name === undefined ? undefined : { name };
  }

  async answer(call: DoorCall): Promise<DoorAnswer> {
    const { headers, params, body } = call;
    const features = parseJsonObject(headers['content-type'], body);
    const kept = await this.inference.predict({
      model: params['name'] ?? this.settings.defaultModel,
      encode: (signature) => encodeFeatures(signature, features),
      caller: call,
    });
    return jsonAnswer(toPredictResponse(kept));
  }
}
