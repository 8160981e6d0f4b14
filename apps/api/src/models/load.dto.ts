import type { ModelVersion } from '@app/registry';
import { ApiProperty } from '@nestjs/swagger';

/** A model file. */
export class LoadRequestDto {
  @ApiProperty({ description: 'The model file', type: 'string', format: 'binary', example: 'model.pkl' })
  readonly file: unknown;
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

/** A new version is live. */
export class LoadResponseDto {
  @ApiProperty({ description: 'Always ok', example: 'ok' })
  readonly status: 'ok';

  @ApiProperty({ description: 'What happened', example: 'Model loaded successfully' })
  readonly message: string;

  @ApiProperty({ description: 'The model', example: 'flight-delay' })
  readonly model: string;

  @ApiProperty({ description: 'The new version, live from now on', example: 2, type: 'integer' })
  readonly model_version: number;

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
}

/** The wire form of a version that has just been loaded. */
export function toLoadResponse(loaded: ModelVersion): LoadResponseDto {
  const { model, version, signature, namesFrom, understood, sha256, warnings } = loaded;
  return {
    status: 'ok',
    message: 'Model loaded successfully',
    model,
    model_version: version,
    task: signature.task,
    features: signature.features.map(({ name }) => name),
    names_from: namesFrom,
    understood,
    sha256,
    warnings,
  };
}
