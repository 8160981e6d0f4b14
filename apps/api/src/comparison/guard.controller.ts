import { GuardStore } from '@app/comparison';
import type { NamedFeatures } from '@app/core';
import { Controller, Delete, Get, HttpCode, Put } from '@nestjs/common';
import {
  ApiBody,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '../openapi/decorators.js';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { JsonObject } from '../http/json-object.decorator.js';
import { ApiModelName, ModelName } from '../models/model-name.decorator.js';
import { API_USER, User } from '../models/user.decorator.js';
import { GuardDto, readGuard, toGuard, WantedGuardDto } from './guard.dto.js';

const UNKNOWN = { 404: 'The model has no guard', 503: 'The database does not answer' };

@ApiTags('comparison')
@Controller(['model/guard', 'models/:name/guard'])
export class GuardController {
  constructor(private readonly store: GuardStore) {}

  @Put()
  @ApiOperation({ summary: 'Set the rules that canaries must keep to, and what becomes of those that do' })
  @ApiModelName()
  @ApiHeader(API_USER)
  @ApiBody({ type: WantedGuardDto })
  @ApiOkResponse({ description: 'The guard; a canary that is there is watched from now on', type: GuardDto })
  @ApiProblems({
    400: 'The body is not a JSON object',
    404: 'There is no such model',
    415: 'The body is not announced as application/json',
    422: 'An unknown or wrong part, or no rule',
    503: 'The database does not answer',
  })
  async set(
    @ModelName() name: string,
    @JsonObject() body: NamedFeatures,
    @User() user: string | undefined,
  ): Promise<GuardDto> {
    return toGuard(await this.store.set(name, readGuard(body), user === undefined ? {} : { by: user }));
  }

  @Get()
  @ApiOperation({ summary: 'The rules of a model, and what the last look at its canary has found' })
  @ApiModelName()
  @ApiOkResponse({ description: 'The guard', type: GuardDto })
  @ApiProblems(UNKNOWN)
  async get(@ModelName() name: string): Promise<GuardDto> {
    return toGuard(await this.store.get(name));
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Leave the canaries of a model to people' })
  @ApiModelName()
  @ApiHeader(API_USER)
  @ApiNoContentResponse({ description: 'There is no guard any more; the traffic stays as it is' })
  @ApiProblems(UNKNOWN)
  async remove(@ModelName() name: string, @User() user: string | undefined): Promise<void> {
    await this.store.remove(name, user === undefined ? {} : { by: user });
  }
}
