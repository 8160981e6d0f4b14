import type { ApiPropertyOptions } from '@nestjs/swagger';
import { ApiProperty } from '../openapi/decorators.js';

/** How the parts beside `score` are documented, wherever a prediction is shown. */
export const DETAILS = {
  label: {
    description: 'The class (classifiers, outlier detectors, clusterers)',
    example: 'late',
    required: false,
    oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }],
  },
  probabilities: {
    description: 'The probability of each class, by name (classifiers that have probabilities)',
    example: { late: 0.31, punctual: 0.69 },
    selfRequired: false,
    type: 'object',
    additionalProperties: { type: 'number' },
  },
  decision: {
    description: 'The decision value of each class, by name (classifiers without probabilities)',
    example: { late: -1.2 },
    selfRequired: false,
    type: 'object',
    additionalProperties: { type: 'number' },
  },
  warnings: {
    description: 'Features outside what training saw, if any',
    example: ['distance: 9999 is outside the range 80 to 4983 that training saw'],
    required: false,
    type: [String],
  },
} as const satisfies Readonly<Record<string, ApiPropertyOptions>>;

/** What a prediction answers; the parts beside `score` depend on the model's task. */
export class PredictResponseDto {
  @ApiProperty({
    description: 'The score; a list where the model has several targets',
    example: 10.81,
    oneOf: [{ type: 'number' }, { type: 'array', items: { type: 'number', nullable: true } }],
  })
  readonly score: number | readonly (number | null)[];

  @ApiProperty({ description: 'The version that made it', example: 1, type: 'integer' })
  readonly model_version: number;

  @ApiProperty({
    description: 'The id of its record in the history (`_id` there), where it is kept',
    example: '6553f1a0019a7b3c5d000001',
    required: false,
  })
  readonly id?: string;

  @ApiProperty(DETAILS.label)
  readonly label?: string | number | boolean;

  @ApiProperty(DETAILS.probabilities)
  readonly probabilities?: Readonly<Record<string, number>>;

  @ApiProperty(DETAILS.decision)
  readonly decision?: Readonly<Record<string, number>>;

  @ApiProperty(DETAILS.warnings)
  readonly warnings?: readonly string[];
}
