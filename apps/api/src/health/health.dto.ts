import { ApiProperty } from '../openapi/decorators.js';

/** The service answers. */
export class HealthDto {
  @ApiProperty({ description: 'Always ok: a service that is not does not answer', example: 'ok' })
  readonly status: 'ok';
}

/** Captures on their way to the database. */
export class CaptureDto {
  @ApiProperty({ description: 'Rows in the journal that the database has not', example: 0 })
  readonly waiting_rows: number;

  @ApiProperty({ description: 'How long the oldest of them has waited, in ms', example: 0 })
  readonly oldest_ms: number;

  @ApiProperty({ description: 'Bytes of the journal', example: 4096 })
  readonly journal_bytes: number;

  @ApiProperty({ description: 'Time of the last insert into the database, in ms', example: 3.2 })
  readonly flush_ms: number;

  @ApiProperty({ description: 'Rows that were answered and could not be kept', example: 0 })
  readonly dropped_rows: number;
}

/** The service can predict. */
export class ReadinessDto extends HealthDto {
  @ApiProperty({
    description: 'The database answers, or is away: then predictions go on, and their records wait in the journal',
    example: 'ok',
    enum: ['ok', 'away'],
  })
  readonly database: 'ok' | 'away';

  @ApiProperty({
    description: 'How captures are on their way to the database',
    example: { waiting_rows: 0, oldest_ms: 0, journal_bytes: 4096, flush_ms: 3.2, dropped_rows: 0 },
    type: () => CaptureDto,
  })
  readonly capture: CaptureDto;

  @ApiProperty({
    description: 'The live version of each model, by name',
    example: { 'flight-delay': 1 },
    type: 'object',
    additionalProperties: { type: 'integer' },
  })
  readonly models: Readonly<Record<string, number>>;
}
