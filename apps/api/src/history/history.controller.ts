import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CaptureHistory } from '@app/capture';
import { Controller, Get, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { ApiOkResponse, ApiOperation, ApiTags } from '../openapi/decorators.js';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { queryPipe } from '../http/query.pipe.js';
import { withFirst } from '../http/with-first.js';
import { HistoryDto } from './history.dto.js';
import { HistoryQueryDto } from './history.query.dto.js';
import { historyText } from './history.stream.js';

@ApiTags('history')
@Controller('model/history')
export class HistoryController {
  constructor(private readonly history: CaptureHistory) {}

  @Get()
  @ApiOperation({ summary: 'Every prediction that was answered, oldest first; all of it, or pages with `limit`' })
  @ApiOkResponse({ description: 'The records', type: HistoryDto })
  @ApiProblems({ 400: 'A query parameter is unknown or wrong', 503: 'The database does not answer' })
  async read(@Query(queryPipe) query: HistoryQueryDto, @Res() response: Response): Promise<void> {
    const { limit } = query;
    // One more shows whether there is a next page.
    const captures = this.history.stream(query, limit === undefined ? undefined : limit + 1);
    // A database that does not answer must be a 503: so nothing is sent before the first chunk is there.
    const text = await withFirst(historyText(captures, limit));
    response.type('application/json');
    // It reads no faster than the client does, and closes the cursor when the client goes away.
    await pipeline(Readable.from(text), response).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
    });
  }
}
