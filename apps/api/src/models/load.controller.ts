import { ModelLoader } from '@app/registry';
import { Body, Controller, HttpCode, Post, Query, UploadedFiles, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '../openapi/decorators.js';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { queryPipe } from '../http/query.pipe.js';
import { LoadQueryDto, LoadRequestDto, LoadResponseDto, toLoadResponse } from './load.dto.js';
import { ApiModelName, ModelName } from './model-name.decorator.js';
import { modelFileOf, type Upload } from './upload.js';
import { UploadInterceptor } from './upload.interceptor.js';
import { API_USER, User } from './user.decorator.js';

@ApiTags('models')
@Controller(['model', 'models/:name'])
export class LoadController {
  constructor(private readonly loader: ModelLoader) {}

  @Post('load')
  @HttpCode(200)
  @UseInterceptors(UploadInterceptor)
  @ApiOperation({ summary: 'Load a model file as the next version, live at once unless `activate=false`' })
  @ApiModelName()
  @ApiHeader(API_USER)
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: LoadRequestDto })
  @ApiOkResponse({ description: 'It is a version, and live where that was wanted', type: LoadResponseDto })
  @ApiProblems({
    400: 'The file cannot be served; the detail says why, and the old version goes on',
    408: 'The request took too long to arrive',
    413: 'The file is too large',
    415: 'The body is not multipart/form-data',
    422: "The name can be no model's, or the sample or baseline does not fit; `errors` has the first rows that differ",
    429: 'Too many uploads at the same time',
    503: 'The database does not answer',
  })
  async load(
    @ModelName() model: string,
    @UploadedFiles() files: Upload['files'],
    @Body() fields: Upload['fields'],
    @Query(queryPipe) { activate = true }: LoadQueryDto,
    @User() user: string | undefined,
  ): Promise<LoadResponseDto> {
    const file = modelFileOf({ files: files ?? {}, fields: fields ?? {} }, user);
    return toLoadResponse(await (activate ? this.loader.load(model, file) : this.loader.register(model, file)));
  }
}
