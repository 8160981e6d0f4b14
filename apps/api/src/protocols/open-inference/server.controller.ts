import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '../../openapi/decorators.js';
import { HealthService } from '../../health/health.service.js';
import { ApiErrors } from './api-errors.decorator.js';
import { ModelListDto, ServerLiveDto, ServerMetadataDto, ServerReadyDto } from './open-inference.dto.js';
import { ServedModels } from './served-models.js';
import { SERVER } from './server.js';

@ApiTags('open inference protocol')
@Controller('v2')
export class ServerController {
  constructor(
    private readonly health: HealthService,
    private readonly models: ServedModels,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What this server is' })
  @ApiOkResponse({ description: 'Its name, version and extensions', type: ServerMetadataDto })
  metadata(): ServerMetadataDto {
    return SERVER;
  }

  @Get('health/live')
  @ApiOperation({ summary: 'The server is alive' })
  @ApiOkResponse({ description: 'It is', type: ServerLiveDto })
  live(): ServerLiveDto {
    return { live: true };
  }

  @Get('health/ready')
  @ApiOperation({ summary: 'The server and its models can predict' })
  @ApiOkResponse({ description: 'They can', type: ServerReadyDto })
  @ApiErrors(503)
  async ready(): Promise<ServerReadyDto> {
    await this.health.readiness();
    return { ready: true };
  }

  @Get('models')
  @ApiOperation({ summary: 'The models that are live' })
  @ApiOkResponse({ description: 'Their names', type: ModelListDto })
  list(): ModelListDto {
    return { models: this.models.names() };
  }
}
