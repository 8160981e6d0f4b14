import { DEFAULT_TOLERANCE, type LoadedVersion, type SampleResult } from '@app/registry';
import { IsBoolean, IsOptional, Transform } from '../http/validators.js';
import { ApiProperty } from '../openapi/decorators.js';
import { toTruth } from './change.query.dto.js';

/** A model file, and what may come beside it. */
export class LoadRequestDto {
  @ApiProperty({ description: 'The model file', type: 'string', format: 'binary', example: 'model.pkl' })
  readonly file: unknown;

  @ApiProperty({
    description: "The signature (JSON, as a model.json): names, types, units, ranges and examples in the file's order",
    type: 'string',
    format: 'binary',
    required: false,
    example: '{"features":[{"name":"distance","type":"double","unit":"miles"}]}',
  })
  readonly signature?: unknown;

  @ApiProperty({
    description:
      'Rows (CSV with a line of names, or a JSON list) with a column `score`: a model that does not answer these scores is refused',
    type: 'string',
    format: 'binary',
    required: false,
    example: 'sched_dep_time,distance,score\n1059,284,10.63',
  })
  readonly sample?: unknown;

  @ApiProperty({
    description: 'How far from those scores it may be: relative, absolute below 1',
    type: 'number',
    required: false,
    example: DEFAULT_TOLERANCE,
  })
  readonly tolerance?: string;

  @ApiProperty({
    description:
      'Training rows (CSV with a line of names): ranges, quantiles and categories go into the signature and are kept for monitoring',
    type: 'string',
    format: 'binary',
    required: false,
    example: 'sched_dep_time,distance\n1059,284',
  })
  readonly baseline?: unknown;

  @ApiProperty({ description: 'A note for people', type: 'string', required: false, example: 'trained on 2013' })
  readonly note?: string;

  @ApiProperty({
    description: 'Who loads it; the header X-User says the same',
    type: 'string',
    required: false,
    example: 'mira',
  })
  readonly user?: string;
}

/** What is to become of a loaded file. */
export class LoadQueryDto {
  @ApiProperty({
    description: 'false: it becomes a version that is not live',
    type: 'boolean',
    required: false,
    default: true,
    example: true,
  })
  @IsOptional()
  @Transform(toTruth)
  @IsBoolean({ message: 'activate is neither true nor false' })
  readonly activate?: boolean;
}

/** What the file turned out to be. */
export class UnderstoodDto {
  @ApiProperty({ description: 'Its format, found from its bytes', example: 'pickle' })
  readonly format: string;

  @ApiProperty({ description: 'The class of the model in its library', example: 'lightgbm.basic.Booster' })
  readonly class: string;

  @ApiProperty({ description: 'The library that made it', example: 'lightgbm' })
  readonly library: string;

  @ApiProperty({ description: "The library's version, where the file says it", example: '1.9.1', required: false })
  readonly libraryVersion?: string;

  @ApiProperty({
    description: 'Anything else that the file says of itself',
    example: { x_scaler: 'sklearn.preprocessing._data.StandardScaler' },
    selfRequired: false,
    type: 'object',
    additionalProperties: true,
  })
  readonly details?: Readonly<Record<string, string | number>>;
}

/** How well it reproduced its sample. */
export class SampleResultDto {
  @ApiProperty({ description: 'Rows of the sample', example: 50, type: 'integer' })
  readonly rows: number;

  @ApiProperty({ description: 'The largest difference that was taken: relative, absolute below 1', example: 1e-6 })
  readonly tolerance: number;

  @ApiProperty({ description: 'The largest difference that there was', example: 2.1e-14 })
  readonly largest_difference: number;
}

/** A new version. */
export class LoadResponseDto {
  @ApiProperty({ description: 'Always ok', example: 'ok' })
  readonly status: 'ok';

  @ApiProperty({ description: 'What happened', example: 'Model loaded successfully' })
  readonly message: string;

  @ApiProperty({ description: 'The model', example: 'flight-delay' })
  readonly model: string;

  @ApiProperty({ description: 'The new version', example: 2, type: 'integer' })
  readonly model_version: number;

  @ApiProperty({ description: 'Whether it is live from now on', example: true })
  readonly is_live: boolean;

  @ApiProperty({
    description: 'The latest earlier version that was made from the very same file, if any',
    example: 1,
    type: 'integer',
    required: false,
  })
  readonly same_file_as?: number;

  @ApiProperty({ description: 'What the model does', example: 'regression' })
  readonly task: string;

  @ApiProperty({
    description: 'Names of its features, in the order of the file',
    example: ['sched_dep_time', 'distance'],
    type: [String],
  })
  readonly features: readonly string[];

  @ApiProperty({
    description: 'Where those names come from',
    example: 'file',
    enum: ['signature', 'file', 'live version', 'made up'],
  })
  readonly names_from: string;

  @ApiProperty({
    description: 'What the file turned out to be',
    type: UnderstoodDto,
    example: { format: 'pickle', class: 'lightgbm.basic.Booster', library: 'lightgbm' },
  })
  readonly understood: UnderstoodDto;

  @ApiProperty({
    description: 'SHA-256 of the file',
    example: 'b7e23ec29af22b0b4e41da31e868d57226121c84e8b8a5e0c5b1d6b3a4a4e0d1',
  })
  readonly sha256: string;

  @ApiProperty({ description: 'What to know before trusting it', example: [], type: [String] })
  readonly warnings: readonly string[];

  @ApiProperty({
    description: 'How well it reproduced its sample, if one came with it',
    type: SampleResultDto,
    required: false,
    example: { rows: 50, tolerance: 1e-6, largest_difference: 2.1e-14 },
  })
  readonly sample?: SampleResultDto;
}

/** The wire form of a version that has just been loaded. */
export function toLoadResponse({ version: loaded, isLive, sameFileAs }: LoadedVersion): LoadResponseDto {
  const { model, version, signature, namesFrom, understood, sha256, warnings, sample } = loaded;
  return {
    status: 'ok',
    message: isLive ? 'Model loaded successfully' : 'Model registered successfully',
    model,
    model_version: version,
    is_live: isLive,
    ...(sameFileAs !== undefined && { same_file_as: sameFileAs }),
    task: signature.task,
    features: signature.features.map(({ name }) => name),
    names_from: namesFrom,
    understood,
    sha256,
    warnings,
    ...(sample && { sample: toSampleResult(sample) }),
  };
}

/** The wire form of what a sample came to. */
export function toSampleResult({ rows, tolerance, largestDifference }: SampleResult): SampleResultDto {
  return { rows, tolerance, largest_difference: largestDifference };
}
