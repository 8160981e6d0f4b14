import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '../../openapi/decorators.js';
import { carry } from '../../doors/carry.js';
import { DoorKeeper } from '../../doors/door.keeper.js';
import { ApiTrafficHeaders } from '../../inference/traffic.headers.js';
import { ApiErrors } from './api-errors.decorator.js';
import type { Target } from './infer.js';
import { InferDoor } from './infer.door.js';
import { type ModelMetadata, metadataOf } from './model-metadata.js';
import { InferRequestDto, InferResponseDto, ModelMetadataDto, ModelReadyDto } from './open-inference.dto.js';
import { ServedModels } from './served-models.js';
import { TargetOf } from './target.decorator.js';

@ApiTags('open inference protocol')
@ApiParam({ name: 'model', description: 'The model', schema: { type: 'string', example: 'flight-delay' } })
@Controller('v2/models/:model')
export class ModelController {
  constructor(
    private readonly models: ServedModels,
    private readonly door: InferDoor,
    private readonly keeper: DoorKeeper,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What a model takes and gives' })
  @ApiOkResponse({ description: 'Its tensors', type: ModelMetadataDto })
  @ApiErrors(404)
  metadata(@TargetOf() { model, version }: Target): ModelMetadata {
    return metadataOf(this.models.get(model, version));
  }

  @Get('ready')
  @ApiOperation({ summary: 'A model can predict' })
  @ApiOkResponse({ description: 'It can', type: ModelReadyDto })
  @ApiErrors(404)
  ready(@TargetOf() { model, version }: Target): ModelReadyDto {
    return { name: this.models.get(model, version).name, ready: true };
  }

  @Post('infer')
  @ApiOperation({ summary: 'Score rows of tensors, in JSON or in binary, and keep them' })
  @ApiTrafficHeaders()
  @ApiConsumes('application/json', 'application/octet-stream')
  @ApiBody({ type: InferRequestDto })
  @ApiOkResponse({ description: 'The outputs; their records are on disk', type: InferResponseDto })
  @ApiErrors(400, 404, 408, 413, 415, 503)
  infer(@Req() request: Request, @Res() response: Response): Promise<void> {
    return carry(this.keeper, this.door, request, response);
  }
}

/** The same, for one version. */
@Controller('v2/models/:model/versions/:version')
export class VersionController extends ModelController {}
