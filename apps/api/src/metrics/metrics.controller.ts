import { Metrics } from '@app/platform';
import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '../openapi/decorators.js';
import type { Response } from 'express';

@ApiTags('health')
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @ApiOperation({ summary: 'The numbers of the service, for Prometheus' })
  @ApiOkResponse({
    description: 'Text format 0.0.4',
    content: { 'text/plain': { schema: { type: 'string' }, example: 'scorekeeper_capture_waiting_rows 0' } },
  })
  async read(@Res() response: Response): Promise<void> {
    response.type(this.metrics.contentType).send(await this.metrics.text());
  }
}
