import { ApiProperty } from '@nestjs/swagger';

/** The service answers. */
export class HealthDto {
  @ApiProperty({ description: 'Always ok: a service that is not does not answer', example: 'ok' })
  readonly status: 'ok';
}

/** The service can predict. */
export class ReadinessDto extends HealthDto {
  @ApiProperty({ description: 'The database answers', example: 'ok' })
  readonly database: 'ok';

  @ApiProperty({
    description: 'The live version of each model, by name',
    example: { 'flight-delay': 1 },
    type: 'object',
    additionalProperties: { type: 'integer' },
  })
  readonly models: Readonly<Record<string, number>>;
}
