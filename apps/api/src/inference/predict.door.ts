import { encodeFeatures, type NamedFeatures } from '@app/core';
import { Settings } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { type Door, type DoorAnswer, type DoorCall, jsonAnswer } from '../doors/door.js';
import { parseJsonObject } from '../http/json-object.js';
import { InferenceService } from './inference.service.js';
import type { PredictionRequest } from './prediction-request.js';
import { predictionText } from './prediction-text.js';
import { routingKeyIn, versionIn } from './traffic.headers.js';

const NO_NAMES = {};
const NAMED_MODEL = /^\/models\/([^/]+)\/predict\/?$/;

/** POST /model/predict/ and /models/{name}/predict/: one JSON object of named features in, its score out. */
@Injectable()
export class PredictDoor implements Door {
  constructor(
    private readonly inference: InferenceService,
    private readonly settings: Settings,
  ) {}

  match(path: string): DoorCall['params'] | undefined {
    if (path === '/model/predict/' || path === '/model/predict') return NO_NAMES;
    const name = NAMED_MODEL.exec(path)?.[1];
    return name === undefined ? undefined : { name };
  }

  async answer(call: DoorCall): Promise<DoorAnswer> {
    const { headers, params, body, requestId } = call;
    const features = parseJsonObject(headers['content-type'], body);
    const kept = await this.inference.predict({
      model: params['name'] ?? this.settings.defaultModel,
      encode: encodingOf(features),
      featureValue: valueIn(features),
      version: versionIn(headers),
      routingKey: routingKeyIn(headers),
      requestId,
      caller: call,
    });
    return jsonAnswer(predictionText(kept, 0));
  }
}

// Apart from the call: what waits for a shadow must not hold the whole request.
function encodingOf(features: NamedFeatures): PredictionRequest['encode'] {
  return (signature, alsoKnown) => encodeFeatures(signature, features, alsoKnown);
}

function valueIn(features: NamedFeatures): PredictionRequest['featureValue'] {
  return (name) => (Object.hasOwn(features, name) ? features[name] : undefined);
}
