import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '../openapi/decorators.js';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { HealthDto, ReadinessDto } from './health.dto.js';
import { HealthService } from './health.service.js';

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get()
  @ApiOperation({ summary: 'The service answers' })
  @ApiOkResponse({ description: 'It does', type: HealthDto })
  check(): HealthDto {
    return { status: 'ok' };
  }

  @Get('live')
  @ApiOperation({ summary: 'The process is alive (for an orchestrator that would restart it)' })
  @ApiOkResponse({ description: 'It is', type: HealthDto })
  live(): HealthDto {
    return { status: 'ok' };
  }

  @Get('ready')
  @ApiOperation({ summary: 'The service can predict (for an orchestrator that would send it requests)' })
  @ApiOkResponse({ description: 'It can', type: ReadinessDto })
  @ApiProblems({ 503: 'It cannot; the detail says why' })
  ready(): Promise<ReadinessDto> {
    return this.health.readiness();
  }
}
