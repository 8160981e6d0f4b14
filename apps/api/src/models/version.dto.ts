import { type NamedFeatures, ServingError, type Signature } from '@app/core';
import type { ListedVersion, ModelVersion, Traffic } from '@app/registry';
import { ApiProperty } from '../openapi/decorators.js';
import { SampleResultDto, toSampleResult, UnderstoodDto } from './load.dto.js';

const LONGEST_NOTE = 10_000;

/** The uploaded file. */
export class UploadedFileDto {
  @ApiProperty({ description: 'Its name', example: 'model.pkl' })
  readonly name: string;

  @ApiProperty({ description: 'Its size in bytes', example: 348_160, type: 'integer' })
  readonly bytes: number;

  @ApiProperty({
    description: 'Its SHA-256',
    example: 'b7e23ec29af22b0b4e41da31e868d57226121c84e8b8a5e0c5b1d6b3a4a4e0d1',
  })
  readonly sha256: string;
}

/** A version of a model. */
export class VersionDto {
  @ApiProperty({ description: 'The model', example: 'flight-delay' })
  readonly model: string;

  @ApiProperty({ description: 'Its number', example: 2, type: 'integer' })
  readonly version: number;

  @ApiProperty({
    description: 'Its part in the traffic',
    example: 'active',
    enum: ['active', 'canary', 'shadow', 'none'],
  })
  readonly role: string;

  @ApiProperty({ description: 'When it was loaded (UTC)', example: '2026-11-23T10:59:00.000Z', format: 'date-time' })
  readonly created_at: string;

  @ApiProperty({ description: 'Who loaded it, where they said so', example: 'mira', required: false })
  readonly created_by?: string;

  @ApiProperty({ description: 'A note for people', example: 'trained on 2013', required: false })
  readonly note?: string;

  @ApiProperty({
    description: 'The uploaded file',
    type: UploadedFileDto,
    example: {
      name: 'model.pkl',
      bytes: 348_160,
      sha256: 'b7e23ec29af22b0b4e41da31e868d57226121c84e8b8a5e0c5b1d6b3a4a4e0d1',
    },
  })
  readonly file: UploadedFileDto;

  @ApiProperty({ description: 'Size of its ONNX in bytes', example: 412_672, type: 'integer' })
  readonly onnx_bytes: number;

  @ApiProperty({ description: 'What it does', example: 'regression' })
  readonly task: string;

  @ApiProperty({
    description: 'Where the names of its features come from',
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

/** All versions of a model. */
export class VersionsDto {
  @ApiProperty({ description: 'The versions, the first one first', type: [VersionDto], example: [] })
  readonly versions: readonly VersionDto[];
}

/** A version with its signature. */
export class WholeVersionDto extends VersionDto {
  @ApiProperty({
    description: 'What goes in and what comes out: features in order, with type, unit, range, categories and example',
    type: 'object',
    additionalProperties: true,
    example: {
      task: 'regression',
      output: { name: 'dep_delay', unit: 'minutes' },
      features: [{ name: 'distance', type: 'double', unit: 'miles', range: { min: 80, max: 4983 }, example: 284 }],
    },
  })
  readonly signature: Signature;
}

/** A signature as a model.json has it. */
export class SignatureDto {
  @ApiProperty({ description: 'What the model does', example: 'regression' })
  readonly task: string;

  @ApiProperty({ description: 'What it is, in words', example: 'Departure delay of a flight', required: false })
  readonly description?: string;

  @ApiProperty({
    description: 'Its features, in the order in which the model takes them',
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    example: [{ name: 'distance', type: 'double', unit: 'miles', range: { min: 80, max: 4983 }, example: 284 }],
  })
  readonly features: Signature['features'];

  @ApiProperty({
    description: 'What the score means',
    type: 'object',
    additionalProperties: true,
    example: { name: 'dep_delay', unit: 'minutes' },
  })
  readonly output: Signature['output'];

  @ApiProperty({
    description: 'The classes, in the order of the probabilities (classifiers)',
    type: 'array',
    items: {},
    required: false,
    example: ['punctual', 'late'],
  })
  readonly classes?: Signature['classes'];
}

/** What may be changed of a version. */
export class NoteDto {
  @ApiProperty({ description: 'A note for people', example: 'trained on 2013', maxLength: LONGEST_NOTE })
  readonly note: string;
}

/** The wire form of a version. */
export function toVersion(version: ListedVersion | ModelVersion, traffic: Traffic | undefined): VersionDto {
  const { createdAt, createdBy, note, fileName, fileBytes, sha256, onnxBytes, namesFrom, sample } = version;
  return {
    model: version.model,
    version: version.version,
    role: roleOf(version.version, traffic),
    created_at: createdAt.toISOString(),
    ...(createdBy !== undefined && { created_by: createdBy }),
    ...(note !== undefined && { note }),
    file: { name: fileName, bytes: fileBytes, sha256 },
    onnx_bytes: onnxBytes,
    task: version.signature.task,
    names_from: namesFrom,
    understood: version.understood,
    warnings: version.warnings,
    ...(sample && { sample: toSampleResult(sample) }),
  };
}

/** The wire form of a version with its signature. */
export function toWholeVersion(version: ModelVersion, traffic: Traffic | undefined): WholeVersionDto {
  return Object.assign(toVersion(version, traffic), { signature: version.signature });
}

/** The wire form of a version's signature. */
export function toSignature({
  signature: { task, description, features, output, classes },
}: ModelVersion): SignatureDto {
  return { task, ...(description !== undefined && { description }), features, output, ...(classes && { classes }) };
}

/** The note in a body; throws NOTE_INVALID where there is none. */
export function readNote({ note, ...rest }: NamedFeatures): string {
  const isNote = typeof note === 'string' && note.length <= LONGEST_NOTE && Object.keys(rest).length === 0;
  if (isNote) return note;
  const message = `the body is not {"note": "…"} with at most ${LONGEST_NOTE} characters; nothing else of a version can be changed`;
  throw new ServingError('invalid-input', 'NOTE_INVALID', message);
}

function roleOf(version: number, traffic: Traffic | undefined): string {
  if (traffic?.active === version) return 'active';
  if (traffic?.canary?.version === version) return 'canary';
  return traffic?.shadows.includes(version) ? 'shadow' : 'none';
}
