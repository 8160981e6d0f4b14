import { VersionComparison } from '@app/comparison';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '../openapi/decorators.js';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { queryPipe } from '../http/query.pipe.js';
import { ApiModelName, ModelName } from '../models/model-name.decorator.js';
import { CompareQueryDto } from './compare.query.dto.js';
import { ComparedVersionsDto, toComparedVersions } from './comparison.dto.js';

@ApiTags('comparison')
@Controller(['model', 'models/:name'])
export class ComparisonController {
  constructor(private readonly comparison: VersionComparison) {}

  @Get('compare')
  @ApiOperation({ summary: 'What a shadow has scored, beside what was answered to the same requests' })
  @ApiModelName()
  @ApiOkResponse({ description: 'The comparison', type: ComparedVersionsDto })
  @ApiProblems({
    400: 'A query parameter is unknown or wrong',
    404: 'There is no such model or version',
    409: 'The two versions have no request in common in that time',
    422: 'The candidate and the baseline are the same version',
    429: 'Too many comparisons wait already',
    503: 'The database does not answer',
  })
  async compare(@ModelName() name: string, @Query(queryPipe) query: CompareQueryDto): Promise<ComparedVersionsDto> {
    return toComparedVersions(name, await this.comparison.compare(name, query));
  }
}
