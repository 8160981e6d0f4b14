import type { NamedFeatures } from '@app/core';
import { ModelCatalogue, type NamedBytes, TrafficControl, VersionRemoval } from '@app/registry';
import { Controller, Delete, Get, HttpCode, Patch, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import {
  ApiBody,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '../openapi/decorators.js';
import { ApiProblems } from '../http/api-problems.decorator.js';
import { JsonObject } from '../http/json-object.decorator.js';
import { queryPipe } from '../http/query.pipe.js';
import { ReasonQueryDto, TrafficQueryDto, toTrafficRequest } from './change.query.dto.js';
import { ApiModelName, ApiVersionNumber, ModelName } from './model-name.decorator.js';
import { toTraffic, TrafficDto } from './traffic.dto.js';
import { API_USER, User } from './user.decorator.js';
import {
  NoteDto,
  readNote,
  SignatureDto,
  toSignature,
  toVersion,
  toWholeVersion,
  VersionDto,
  VersionsDto,
  WholeVersionDto,
} from './version.dto.js';
import { VersionNumber } from './version-number.pipe.js';

const UNKNOWN = {
  404: 'There is no such model or version',
  422: "The name can be no model's",
  503: 'The database does not answer',
};
const BINARY = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } as const;

@ApiTags('versions')
@Controller(['model/versions', 'models/:name/versions'])
export class VersionsController {
  constructor(
    private readonly catalogue: ModelCatalogue,
    private readonly control: TrafficControl,
    private readonly removal: VersionRemoval,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The versions of a model' })
  @ApiModelName()
  @ApiOkResponse({ description: 'The versions, the first one first', type: VersionsDto })
  @ApiProblems(UNKNOWN)
  async list(@ModelName() name: string): Promise<VersionsDto> {
    const { versions, traffic } = await this.catalogue.versions(name);
    return { versions: versions.map((version) => toVersion(version, traffic)) };
  }

  @Get(':version')
  @ApiOperation({ summary: 'A version: its file, what was understood, its signature' })
  @ApiVersionNumber()
  @ApiOkResponse({ description: 'The version', type: WholeVersionDto })
  @ApiProblems(UNKNOWN)
  async get(@ModelName() name: string, @VersionNumber() number: number): Promise<WholeVersionDto> {
    const { version, traffic } = await this.catalogue.version(name, number);
    return toWholeVersion(version, traffic);
  }

  @Get(':version/signature')
  @ApiOperation({ summary: 'The signature of a version, as a model.json' })
  @ApiVersionNumber()
  @ApiOkResponse({ description: 'The signature', type: SignatureDto })
  @ApiProblems(UNKNOWN)
  async signature(@ModelName() name: string, @VersionNumber() number: number): Promise<SignatureDto> {
    return toSignature((await this.catalogue.version(name, number)).version);
  }

  @Get(':version/file')
  @ApiOperation({ summary: 'The file as it was uploaded' })
  @ApiVersionNumber()
  @ApiOkResponse({ description: 'Its bytes', content: BINARY })
  @ApiProblems(UNKNOWN)
  async file(@ModelName() name: string, @VersionNumber() number: number, @Res() response: Response): Promise<void> {
    send(await this.catalogue.file(name, number), response);
  }

  @Get(':version/onnx')
  @ApiOperation({ summary: 'The ONNX that is served' })
  @ApiVersionNumber()
  @ApiOkResponse({ description: 'Its bytes', content: BINARY })
  @ApiProblems(UNKNOWN)
  async onnx(@ModelName() name: string, @VersionNumber() number: number, @Res() response: Response): Promise<void> {
    send(await this.catalogue.onnx(name, number), response);
  }

  @Patch(':version')
  @ApiOperation({ summary: 'Change the note of a version' })
  @ApiVersionNumber()
  @ApiHeader(API_USER)
  @ApiBody({ type: NoteDto })
  @ApiOkResponse({ description: 'The version as it is now', type: VersionDto })
  @ApiProblems({ ...UNKNOWN, 400: 'The body is not a JSON object', 415: 'It is not announced as application/json' })
  async setNote(
    @ModelName() name: string,
    @VersionNumber() number: number,
    @JsonObject() body: NamedFeatures,
    @User() user: string | undefined,
  ): Promise<VersionDto> {
    const { version, traffic } = await this.catalogue.setNote(name, number, readNote(body), toTrafficRequest({}, user));
    return toVersion(version, traffic);
  }

  @Post(':version/activate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Make a version live; a canary ends, shadows stay' })
  @ApiVersionNumber()
  @ApiHeader(API_USER)
  @ApiOkResponse({ description: 'It is in force here, and within two seconds on every replica', type: TrafficDto })
  @ApiProblems({ ...UNKNOWN, 409: 'It takes other features than the live one; `errors` names each difference' })
  async activate(
    @ModelName() name: string,
    @VersionNumber() number: number,
    @Query(queryPipe) query: TrafficQueryDto,
    @User() user: string | undefined,
  ): Promise<TrafficDto> {
    return toTraffic(await this.control.activate(name, number, toTrafficRequest(query, user)));
  }

  @Delete(':version')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a version that nobody gets; its number is not given again' })
  @ApiVersionNumber()
  @ApiHeader(API_USER)
  @ApiNoContentResponse({ description: 'It is gone, with its files' })
  @ApiProblems({ ...UNKNOWN, 409: 'It is active, the canary or a shadow' })
  async remove(
    @ModelName() name: string,
    @VersionNumber() number: number,
    @Query(queryPipe) query: ReasonQueryDto,
    @User() user: string | undefined,
  ): Promise<void> {
    await this.removal.remove(name, number, toTrafficRequest(query, user));
  }
}

function send({ fileName, bytes }: NamedBytes, response: Response): void {
  response.attachment(fileName).type('application/octet-stream').send(Buffer.from(bytes));
}
