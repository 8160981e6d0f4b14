import { type AlsoKnown, encoderOf, type NamedFeatures, type Signature } from '@app/core';
import { Settings } from '@app/platform';
import { ModelProvider } from '@app/registry';
import { Controller, Get, HttpCode, Post, Req, Res, UseInterceptors } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CountedInterceptor } from '../../doors/counted.interceptor.js';
import {
  ApiBody,
  ApiConsumes,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiResponse,
  ApiTags,
} from '../../openapi/decorators.js';
import { requestIdOf } from '../../http/request-id.js';
import { InferenceService } from '../../inference/inference.service.js';
import type { PredictionRequest } from '../../inference/prediction-request.js';
import { ApiTrafficHeaders, routingKeyIn, versionIn } from '../../inference/traffic.headers.js';
import { SERVER } from '../open-inference/server.js';
import { checkRowCount } from '../row-limit.js';
import { writeInvocation } from './invocation-answer.js';
import { readInvocation } from './invocation-body.js';
import type { InvocationRows } from './invocation-rows.js';
import { InvocationErrorDto, InvocationRequestDto, InvocationResponseDto } from './invocations.dto.js';

const EMPTY = Buffer.alloc(0);
const TEXT = { 'text/plain': { schema: { type: 'string' } } } as const;

@ApiTags('SageMaker and MLflow')
@Controller()
export class InvocationsController {
  constructor(
    private readonly inference: InferenceService,
    private readonly provider: ModelProvider,
    private readonly settings: Settings,
  ) {}

  @Get('ping')
  @ApiOperation({ summary: 'The container is well' })
  @ApiOkResponse({ description: 'It is', content: TEXT })
  @ApiResponse({ status: 503, description: 'No model is live', content: TEXT })
  ping(@Res() response: Response): void {
    const isWell = this.provider.find(this.settings.defaultModel) !== undefined;
    response
      .status(isWell ? 200 : 503)
      .type('text/plain')
      .send('\n');
  }

  @Get('version')
  @ApiOperation({ summary: 'The version of the service' })
  @ApiOkResponse({ description: 'As text', content: TEXT })
  version(@Res() response: Response): void {
    response.type('text/plain').send(SERVER.version);
  }

  @Post('invocations')
  @UseInterceptors(CountedInterceptor)
  @HttpCode(200)
  @ApiOperation({ summary: 'Score rows as SageMaker and MLflow send them, and keep them' })
  @ApiTrafficHeaders()
  @ApiConsumes('application/json', 'application/jsonlines', 'text/csv')
  @ApiProduces('application/json', 'application/jsonlines', 'text/csv')
  @ApiBody({ type: InvocationRequestDto })
  @ApiOkResponse({ description: 'A score a row, in the form of Accept', type: InvocationResponseDto })
  @ApiResponse({
    status: 400,
    description: 'The body or a header is wrong; `message` says how',
    type: InvocationErrorDto,
  })
  @ApiResponse({ status: 404, description: 'There is no such version', type: InvocationErrorDto })
  @ApiResponse({ status: 409, description: 'The version is not in memory', type: InvocationErrorDto })
  @ApiResponse({ status: 413, description: 'The body is too large, or has too many rows', type: InvocationErrorDto })
  @ApiResponse({ status: 415, description: 'The Content-Type is not taken', type: InvocationErrorDto })
  @ApiResponse({ status: 503, description: 'No model is live, or nothing can be kept', type: InvocationErrorDto })
  async invoke(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { headers, body = EMPTY } = request as { headers: Request['headers']; body?: Buffer };
    const rows = await readInvocation(headers['content-type'], body);
    checkRowCount(rows.count, this.settings.maxRows);
    const { predictions } = await this.inference.predict({
      ...this.rowsFor(this.settings.defaultModel, rows),
      version: versionIn(headers),
      routingKey: routingKeyIn(headers),
      requestId: requestIdOf(request),
    });
    const { type, text } = writeInvocation(headers.accept, predictions);
    response.type(type).send(text);
  }

  private rowsFor(model: string, rows: InvocationRows): Pick<PredictionRequest, 'model' | 'encode' | 'featureValue'> {
    return {
      model,
      encode: (signature, alsoKnown) => encodeRows(signature, rows, alsoKnown),
      // The active version has the routing feature, so it says what a text stands for.
      featureValue: rows.first && ((name) => valueIn(rows.first!(this.provider.get(model).signature), name)),
    };
  }
}

function valueIn(features: NamedFeatures, name: string): unknown {
  return Object.hasOwn(features, name) ? features[name] : undefined;
}

function encodeRows(signature: Signature, rows: InvocationRows, alsoKnown?: AlsoKnown) {
  const encoded = encoderOf(signature).start(rows.count, alsoKnown);
  rows.addTo(encoded, signature);
  return encoded.finish();
}
