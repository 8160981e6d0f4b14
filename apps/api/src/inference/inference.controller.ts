import { encodeFeatures, type NamedFeatures, type Signature } from '@app/core';
import { Settings } from '@app/platform';
import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { JsonObject } from '../http/json-object.decorator.js';
import { PREDICT_REQUEST } from '../openapi/live-schema.js';
import { InferenceService } from './inference.service.js';
import { PredictResponseDto, toPredictResponse } from './predict.dto.js';

@ApiTags('inference')
@Controller('model')
export class InferenceController {
  constructor(
    private readonly inference: InferenceService,
    private readonly settings: Settings,
  ) {}

  @Post('predict')
  @HttpCode(200)
  @ApiOperation({ summary: 'Score one row of named features with the live model, and keep it' })
  @ApiBody({ description: "The live model's features by name, in any order", schema: { $ref: PREDICT_REQUEST } })
  @ApiOkResponse({ description: 'The score; its record is on disk', type: PredictResponseDto })
  @ApiProblems({
    400: 'The body is not a JSON object',
    408: 'The request took too long to arrive',
    413: 'The body is too large',
    415: 'The body is not announced as application/json',
    422: 'The features do not fit the model; `errors` names each',
    503: 'No model is live, or the prediction cannot be kept now',
  })
  async predict(@JsonObject() features: NamedFeatures): Promise<PredictResponseDto> {
    const encode = (signature: Signature) => encodeFeatures(signature, features);
    return toPredictResponse(await this.inference.predict({ model: this.settings.defaultModel, encode }));
  }
}
