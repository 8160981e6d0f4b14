import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ServingError } from '@app/core';
import { Settings } from '@app/platform';
import { Controller, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { goneSignal } from '../../http/gone-signal.js';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '../../openapi/decorators.js';
import { ApiProblems } from '../../http/api-problems.decorator.js';
import { requestIdOf } from '../../http/problem.filter.js';
import { queryPipe } from '../../http/query.pipe.js';
import { withFirst } from '../../http/with-first.js';
import { PREDICT_REQUEST } from '../../openapi/live-schema.js';
import { PredictResponseDto } from '../predict.dto.js';
import { ApiTrafficHeaders, routingKeyIn, versionIn } from '../traffic.headers.js';
import { formOf, unpacked } from './batch-body.js';
import { BatchQueryDto } from './batch.query.dto.js';
import { type BatchOptions, BatchService } from './batch.service.js';

const FORMS = ['application/json', 'application/x-ndjson', 'text/csv'];

@ApiTags('inference')
@Controller('model/predict/batch')
export class BatchController {
  constructor(
    private readonly batches: BatchService,
    private readonly settings: Settings,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Score any number of rows with the live model and keep them; the answer streams as they come',
  })
  @ApiTrafficHeaders()
  @ApiConsumes(...FORMS)
  @ApiProduces(...FORMS)
  @ApiBody({
    description: 'A JSON array, one JSON object a line, or CSV with a header row',
    schema: { type: 'array', items: { $ref: PREDICT_REQUEST } },
  })
  @ApiOkResponse({
    description:
      'A row for each row in its form, with `line` and `error` where it does not fit; trailers X-Total-Rows, X-Refused-Rows',
    type: [PredictResponseDto],
  })
  @ApiProblems({
    400: 'A query parameter or a header is wrong, or nothing of the body can be read',
    404: 'There is no such version',
    409: 'The version that is asked for is not in memory',
    415: 'The Content-Type is none of the three, or the Content-Encoding is not taken',
    503: 'No model is live, or the predictions cannot be kept now',
  })
  async predict(
    @Query(queryPipe) query: BatchQueryDto,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    // What is left of a body whose answer has ended is read away: the next request of the connection stands behind it.
    response.once('finish', () => request.resume());
    const form = formOf(request.headers['content-type']);
    const progress = { rows: 0, refused: 0 };
    const text = this.batches.answer(form, unpacked(request), this.optionsOf(query, request, response), progress);
    const answer = await withFirst(text);
    response.setHeader('Trailer', 'X-Total-Rows, X-Refused-Rows');
    response.type(form.contentType);
    const counted = Readable.from(withTrailers(answer, () => response.addTrailers(countsOf(progress))));
    await pipeline(counted, response).catch(ignoreGone);
  }

  private optionsOf({ on_error, capture }: BatchQueryDto, request: Request, response: Response): BatchOptions {
    const isCaptured = capture !== 'false';
    if (!isCaptured && !this.settings.captureOptional) throw captureRequired();
    return {
      stopsOnError: on_error === 'stop',
      isCaptured,
      version: versionIn(request.headers),
      routingKey: routingKeyIn(request.headers),
      requestId: requestIdOf(request),
      signal: goneSignal(response),
    };
  }
}

async function* withTrailers(text: AsyncIterable<string>, atEnd: () => void): AsyncGenerator<string> {
  yield* text;
  atEnd();
}

function countsOf({ rows, refused }: { readonly rows: number; readonly refused: number }) {
  return { 'X-Total-Rows': String(rows), 'X-Refused-Rows': String(refused) };
}

function ignoreGone(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE' && error.code !== 'ECONNRESET') throw error;
}

function captureRequired(): ServingError {
  const message = 'capture=false is not allowed here (CAPTURE_OPTIONAL): every prediction is kept';
  return new ServingError('malformed', 'CAPTURE_REQUIRED', message);
}
