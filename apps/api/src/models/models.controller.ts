import { acceptedEndings, hasAcceptedEnding } from '@app/convert';
import { ServingError } from '@app/core';
import { Settings } from '@app/platform';
import { ModelLoader } from '@app/registry';
import { Controller, HttpCode, Post, UploadedFile, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { LoadRequestDto, LoadResponseDto, toLoadResponse } from './load.dto.js';
import { FILE_FIELD, UploadInterceptor } from './upload.interceptor.js';

const LONGEST_NAME = 255;

@ApiTags('models')
@Controller('model')
export class ModelsController {
  constructor(
    private readonly loader: ModelLoader,
    private readonly settings: Settings,
  ) {}

  @Post('load')
  @HttpCode(200)
  @UseInterceptors(UploadInterceptor)
  @ApiOperation({ summary: 'Load a model file as the next version, live at once' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: LoadRequestDto })
  @ApiOkResponse({ description: 'It is live', type: LoadResponseDto })
  @ApiProblems({
    400: 'The file cannot be served; the detail says why, and the old version goes on',
    408: 'The request took too long to arrive',
    413: 'The file is too large',
    415: 'The body is not multipart/form-data',
    429: 'Too many uploads at the same time',
    503: 'The database does not answer',
  })
  async load(@UploadedFile() file: Express.Multer.File | undefined): Promise<LoadResponseDto> {
    const fileName = fileNameOf(file);
    return toLoadResponse(await this.loader.load(this.settings.defaultModel, { fileName, bytes: file!.buffer }));
  }
}

// The name is kept for people; it never becomes a path.
function fileNameOf(file: Express.Multer.File | undefined): string {
  if (!file) throw refused('UPLOAD_MALFORMED', `there is no part "${FILE_FIELD}" with a file in the body`);
  if (hasAcceptedEnding(file.originalname)) return file.originalname.split(/[\\/]/).at(-1)!.slice(-LONGEST_NAME);
  throw refused('UPLOAD_ENDING', `Only ${acceptedEndings.join(', ')} files are supported.`);
}

function refused(code: string, message: string): ServingError {
  return new ServingError('malformed', code, message);
}
