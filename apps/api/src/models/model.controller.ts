import type { NamedFeatures } from '@app/core';
import { ModelCatalogue, TrafficControl } from '@app/registry';
import { Controller, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '../openapi/decorators.js';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { JsonObject } from '../http/json-object.decorator.js';
import { queryPipe } from '../http/query.pipe.js';
import { ReasonQueryDto, TrafficQueryDto, toTrafficRequest } from './change.query.dto.js';
import { EventQueryDto, EventsDto, toEvents } from './event.dto.js';
import { ModelDto, toModel } from './model.dto.js';
import { ApiModelName, ModelName } from './model-name.decorator.js';
import { readTraffic, toTraffic, TrafficDto, WantedTrafficDto } from './traffic.dto.js';
import { API_USER, User } from './user.decorator.js';

const UNKNOWN = {
  404: 'There is no such model',
  422: "The name can be no model's",
  503: 'The database does not answer',
};

@ApiTags('models')
@Controller(['model', 'models/:name'])
export class ModelController {
  constructor(
    private readonly catalogue: ModelCatalogue,
    private readonly control: TrafficControl,
  ) {}

  @Get()
  @ApiOperation({ summary: 'A model: its live version and who gets which' })
  @ApiModelName()
  @ApiOkResponse({ description: 'The model', type: ModelDto })
  @ApiProblems(UNKNOWN)
  async get(@ModelName() name: string): Promise<ModelDto> {
    return toModel(await this.catalogue.model(name));
  }

  @Post('rollback')
  @HttpCode(200)
  @ApiOperation({ summary: 'Make the version live that was so before; a canary ends' })
  @ApiModelName()
  @ApiHeader(API_USER)
  @ApiOkResponse({ description: 'It is in force here, and within two seconds on every replica', type: TrafficDto })
  @ApiProblems({ ...UNKNOWN, 409: 'No version was live before' })
  async rollback(
    @ModelName() name: string,
    @Query(queryPipe) query: ReasonQueryDto,
    @User() user: string | undefined,
  ): Promise<TrafficDto> {
    return toTraffic(await this.control.rollback(name, toTrafficRequest(query, user)));
  }

  @Get('traffic')
  @ApiOperation({ summary: 'Who gets which version' })
  @ApiModelName()
  @ApiOkResponse({ description: 'The traffic', type: TrafficDto })
  @ApiProblems({ ...UNKNOWN, 409: 'No version is live yet' })
  async traffic(@ModelName() name: string): Promise<TrafficDto> {
    return toTraffic(await this.catalogue.traffic(name));
  }

  @Put('traffic')
  @ApiOperation({ summary: 'Say who gets which version: the live one, a canary, shadows' })
  @ApiModelName()
  @ApiHeader(API_USER)
  @ApiBody({ type: WantedTrafficDto })
  @ApiOkResponse({ description: 'It is in force here, and within two seconds on every replica', type: TrafficDto })
  @ApiProblems({
    400: 'The body is not a JSON object',
    404: 'There is no such model or version',
    409: 'A version takes other features than the live one; `errors` names each difference',
    415: 'The body is not announced as application/json',
    422: 'An unknown role, two canaries, a share outside 0 to 100, a version twice',
    503: 'The database does not answer',
  })
  async setTraffic(
    @ModelName() name: string,
    @JsonObject() body: NamedFeatures,
    @Query(queryPipe) query: TrafficQueryDto,
    @User() user: string | undefined,
  ): Promise<TrafficDto> {
    return toTraffic(await this.control.set(name, readTraffic(body), toTrafficRequest(query, user)));
  }

  @Get('events')
  @ApiOperation({ summary: 'What was done to a model and what was refused: who, when, why' })
  @ApiModelName()
  @ApiOkResponse({ description: 'A page of events, the latest first', type: EventsDto })
  @ApiProblems({ ...UNKNOWN, 400: 'A query parameter is unknown or wrong' })
  async events(@ModelName() name: string, @Query(queryPipe) query: EventQueryDto): Promise<EventsDto> {
    return toEvents(await this.catalogue.events(name, query));
  }
}
