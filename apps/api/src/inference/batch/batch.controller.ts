import { Settings } from '@app/platform';
import { Controller, HttpCode, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CountedInterceptor } from '../../doors/counted.interceptor.js';
import { send } from '../../doors/send.js';
import { goneSignal } from '../../http/gone-signal.js';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '../../openapi/decorators.js';
import { ApiProblems } from '../../http/api-problems.decorator.js';
import { requestIdOf } from '../../http/request-id.js';
import { queryPipe } from '../../http/query.pipe.js';
import { PREDICT_REQUEST } from '../../openapi/live-schema.js';
import { PredictResponseDto } from '../predict.dto.js';
import { ApiTrafficHeaders } from '../traffic.headers.js';
import { formOf, unpacked } from './batch-body.js';
import { batchOptions } from './batch-options.js';
import { BatchQueryDto } from './batch.query.dto.js';
import { BatchService } from './batch.service.js';

// Less than 1 ms with all that belongs to them: a batch that goes on for seconds must not hold up who asks for one row. More are not faster.
const CHUNK_ROWS = 150;
const FORMS = ['application/json', 'application/x-ndjson', 'text/csv'];

@ApiTags('inference')
@Controller('model/predict/batch')
export class BatchController {
  constructor(
    private readonly batches: BatchService,
    private readonly settings: Settings,
  ) {}

  @Post()
  @UseInterceptors(CountedInterceptor)
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
    const batch = { form, body: unpacked(request), chunkRows: CHUNK_ROWS, heldCharacters: 0 };
    const asked = { headers: request.headers, requestId: requestIdOf(request), signal: goneSignal(response) };
    await send(response, await this.batches.answer(batch, batchOptions(query, asked, this.settings)));
  }
}
