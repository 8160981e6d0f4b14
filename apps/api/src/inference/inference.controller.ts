import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '../openapi/decorators.js';
import { carry } from '../doors/carry.js';
import { DoorKeeper } from '../doors/door.keeper.js';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { PREDICT_REQUEST } from '../openapi/live-schema.js';
import { PredictResponseDto } from './predict.dto.js';
import { PredictDoor } from './predict.door.js';
import { ApiTrafficHeaders } from './traffic.headers.js';

const NAMED_FEATURES = { type: 'object', additionalProperties: true, example: { sched_dep_time: 1059, distance: 284 } };

@ApiTags('inference')
@Controller()
export class InferenceController {
  constructor(
    private readonly keeper: DoorKeeper,
    private readonly door: PredictDoor,
  ) {}

  @Post('model/predict')
  @HttpCode(200)
  @ApiOperation({ summary: 'Score one row of named features with the live model, and keep it' })
  @ApiTrafficHeaders()
  @ApiBody({ description: "The live model's features by name, in any order", schema: { $ref: PREDICT_REQUEST } })
  @ApiOkResponse({ description: 'The score; its record is on disk', type: PredictResponseDto })
  @ApiProblems({
    400: 'The body is not a JSON object, or a header has a wrong value',
    404: 'There is no such version',
    408: 'The request took too long to arrive',
    409: 'The version that is asked for is not in memory',
    413: 'The body is too large',
    415: 'The body is not announced as application/json',
    422: 'The features do not fit the model; `errors` names each',
    503: 'No model is live, or the prediction cannot be kept now',
  })
  predict(@Req() request: Request, @Res() response: Response): Promise<void> {
    return carry(this.keeper, this.door, request, response);
  }

  @Post('models/:name/predict')
  @HttpCode(200)
  @ApiOperation({ summary: 'Score one row of named features with a model by its name, and keep it' })
  @ApiParam({ name: 'name', description: 'The name of a model', example: 'flight-delay' })
  @ApiTrafficHeaders()
  @ApiBody({ description: "That model's features by name, in any order", schema: NAMED_FEATURES })
  @ApiOkResponse({ description: 'The score; its record is on disk', type: PredictResponseDto })
  @ApiProblems({
    400: 'The body is not a JSON object, or a header has a wrong value',
    404: 'There is no such model, or no such version of it',
    408: 'The request took too long to arrive',
    409: 'The version that is asked for is not in memory',
    413: 'The body is too large',
    415: 'The body is not announced as application/json',
    422: 'The features do not fit the model; `errors` names each',
    503: 'No version of it is live, or the prediction cannot be kept now',
  })
  predictByName(@Req() request: Request, @Res() response: Response): Promise<void> {
    return carry(this.keeper, this.door, request, response);
  }
}
