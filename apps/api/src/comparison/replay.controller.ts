import type { NamedFeatures } from '@app/core';
import { Replays, ReplayStore } from '@app/comparison';
import { Controller, Delete, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '../openapi/decorators.js';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { JsonObject } from '../http/json-object.decorator.js';
import { ApiModelName, ModelName } from '../models/model-name.decorator.js';
import { readReplay, ReplayDto, ReplaysDto, toReplay, WantedReplayDto } from './replay.dto.js';

const UNKNOWN = { 404: 'There is no such model or replay', 503: 'The database does not answer' };
const REPLAY_ID = {
  name: 'id',
  description: 'The id of the replay',
  schema: { type: 'string', example: '6553f1a0019a7b3c5d000001' },
} as const;

@ApiTags('comparison')
@Controller(['model', 'models/:name'])
export class ReplayController {
  constructor(
    private readonly replays: Replays,
    private readonly store: ReplayStore,
  ) {}

  @Post('replay')
  @HttpCode(202)
  @ApiOperation({ summary: 'Score what was answered with a version that need not be live, and compare' })
  @ApiModelName()
  @ApiBody({ type: WantedReplayDto })
  @ApiAcceptedResponse({ description: 'It has begun; `Location` says where to look', type: ReplayDto })
  @ApiProblems({
    400: 'The body is not a JSON object',
    404: 'There is no such model or version',
    409: 'This process replays already',
    415: 'The body is not announced as application/json',
    422: 'An unknown or wrong part',
    503: 'The database does not answer',
  })
  async start(
    @ModelName() name: string,
    @JsonObject() body: NamedFeatures,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ReplayDto> {
    const replay = toReplay(await this.replays.start(name, readReplay(body)));
    response.location(`/models/${name}/replays/${replay.id}`);
    return replay;
  }

  @Get('replays')
  @ApiOperation({ summary: 'The latest replays of a model' })
  @ApiModelName()
  @ApiOkResponse({ description: 'The replays', type: ReplaysDto })
  @ApiProblems({ 503: 'The database does not answer' })
  async list(@ModelName() name: string): Promise<ReplaysDto> {
    return { replays: (await this.store.list(name)).map(toReplay) };
  }

  @Get('replays/:id')
  @ApiOperation({ summary: 'How far a replay is, and the comparison once it has ended' })
  @ApiModelName()
  @ApiParam(REPLAY_ID)
  @ApiOkResponse({ description: 'The replay', type: ReplayDto })
  @ApiProblems(UNKNOWN)
  async get(@ModelName() name: string, @Param('id') id: string): Promise<ReplayDto> {
    return toReplay(await this.store.get(name, id));
  }

  @Delete('replays/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Stop a replay; what was compared until then stays' })
  @ApiModelName()
  @ApiParam(REPLAY_ID)
  @ApiNoContentResponse({ description: 'It ends within a second, in whichever process it runs' })
  @ApiProblems(UNKNOWN)
  async stop(@ModelName() name: string, @Param('id') id: string): Promise<void> {
    await this.store.stop(name, id);
  }
}
