import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ApiErrors } from './api-errors.decorator.js';
import type { Target } from './infer.js';
import { InferDoor } from './infer.door.js';
import { type ModelMetadata, metadataOf } from './model-metadata.js';
import { InferRequestDto, InferResponseDto, ModelMetadataDto, ModelReadyDto } from './open-inference.dto.js';
import { ServedModels } from './served-models.js';
import { TargetOf } from './target.decorator.js';

const EMPTY = Buffer.alloc(0);

@ApiTags('open inference protocol')
@ApiParam({ name: 'model', description: 'The model', schema: { type: 'string', example: 'flight-delay' } })
@Controller('v2/models/:model')
export class ModelController {
  constructor(
    private readonly models: ServedModels,
    private readonly door: InferDoor,
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
  @ApiConsumes('application/json', 'application/octet-stream')
  @ApiBody({ type: InferRequestDto })
  @ApiOkResponse({ description: 'The outputs; their records are on disk', type: InferResponseDto })
  @ApiErrors(400, 404, 408, 413, 415, 503)
  async infer(@TargetOf() target: Target, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { headers, body = EMPTY } = request as { headers: Request['headers']; body?: Buffer };
    const reply = await this.door.answer({ ...target, headers, body });
    response.status(reply.status).set(reply.headers).end(reply.body);
  }
}

/** The same, for one version. */
@ApiParam({ name: 'version', description: 'The version', schema: { type: 'string', example: '1' } })
@Controller('v2/models/:model/versions/:version')
export class VersionController extends ModelController {}
