import { ModelCatalogue } from '@app/registry';
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '../openapi/decorators.js';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { ModelsDto, toModel } from './model.dto.js';

@ApiTags('models')
@Controller('models')
export class ModelsController {
  constructor(private readonly catalogue: ModelCatalogue) {}

  @Get()
  @ApiOperation({ summary: 'All models, with who gets which version' })
  @ApiOkResponse({ description: 'The models', type: ModelsDto })
  @ApiProblems({ 503: 'The database does not answer' })
  async list(): Promise<ModelsDto> {
    return { models: (await this.catalogue.models()).map(toModel) };
  }
}
