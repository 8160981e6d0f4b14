import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '../../openapi/decorators.js';
import { parseJson } from '../../http/json-object.js';
import { ApiErrors } from './api-errors.decorator.js';
import {
  RepositoryEntryDto,
  RepositoryIndexRequestDto,
  RepositoryLoadDto,
  RepositoryUnloadDto,
} from './open-inference.dto.js';
import { type IndexEntry, Repository } from './repository.js';

const MODEL = { name: 'model', description: 'The model', schema: { type: 'string', example: 'flight-delay' } } as const;

@ApiTags('open inference protocol')
@Controller('v2/repository')
export class RepositoryController {
  constructor(private readonly repository: Repository) {}

  @Post('index')
  @HttpCode(200)
  @ApiOperation({ summary: 'The models that are there' })
  @ApiBody({ type: RepositoryIndexRequestDto, required: false })
  @ApiOkResponse({ description: 'Each with its state', type: [RepositoryEntryDto] })
  @ApiErrors(400)
  index(@Body() body: Buffer | undefined): IndexEntry[] {
    return this.repository.index(asksForReady(body));
  }

  @Post('models/:model/load')
  @HttpCode(200)
  @ApiOperation({ summary: 'Bring a model back that was unloaded' })
  @ApiParam(MODEL)
  @ApiOkResponse({ description: 'It is live', type: RepositoryLoadDto })
  @ApiErrors(404, 503)
  async load(@Param('model') name: string): Promise<RepositoryLoadDto> {
    await this.repository.load(name);
    return { name, load: true };
  }

  @Post('models/:model/unload')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take a model out of service until it is loaded or the service starts anew' })
  @ApiParam(MODEL)
  @ApiOkResponse({ description: 'It is no longer live', type: RepositoryUnloadDto })
  @ApiErrors(404, 503)
  async unload(@Param('model') name: string): Promise<RepositoryUnloadDto> {
    await this.repository.unload(name);
    return { name, unload: true };
  }
}

// Clients send nothing, `{}` or `{"ready": …}`.
function asksForReady(body: Buffer | undefined): boolean {
  if (!body || body.length === 0) return false;
  return (parseJson(body) as { readonly ready?: unknown } | null)?.ready === true;
}
