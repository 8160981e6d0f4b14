import { ApiProperty } from '../openapi/decorators.js';

/** What one feature of a request got wrong. */
export class FeatureProblemDto {
  @ApiProperty({ description: 'Name of the feature', example: 'distance' })
  readonly feature: string;

  @ApiProperty({ description: 'What is wrong with it', example: '"far" is not a number' })
  readonly problem: string;

  @ApiProperty({ description: 'What the model expects', example: 'a number, 80 to 4983 (miles)' })
  readonly expected: string;
}

/** An RFC 9457 problem document. */
export class ProblemDto {
  @ApiProperty({
    description: 'Always about:blank: the status says what kind of problem it is',
    example: 'about:blank',
  })
  readonly type: string;

  @ApiProperty({ description: 'The status in words', example: 'Unprocessable Content' })
  readonly title: string;

  @ApiProperty({ description: 'The HTTP status', example: 422, type: 'integer' })
  readonly status: number;

  @ApiProperty({ description: 'A stable code, see docs/errors.md', example: 'FEATURES_INVALID' })
  readonly code: string;

  @ApiProperty({
    description: 'What was wrong, and what would be right',
    example: 'feature "distance" "far" is not a number, expected a number, 80 to 4983 (miles)',
  })
  readonly detail: string;

  @ApiProperty({
    description: 'The id of the request, to be found in the logs',
    example: 'urn:request:7f1c9a52-0b1e-4a57-9f6e-3f3f6d0c2b11',
  })
  readonly instance: string;

  @ApiProperty({
    description: 'Each feature that does not fit (422 only)',
    type: [FeatureProblemDto],
    required: false,
    example: [{ feature: 'distance', problem: '"far" is not a number', expected: 'a number, 80 to 4983 (miles)' }],
  })
  readonly errors?: FeatureProblemDto[];
}
