import type { ComparisonQuery } from '@app/comparison';
import { IsDate, IsInt, IsOptional, Max, Min, Transform } from '../http/validators.js';
import { ApiProperty } from '../openapi/decorators.js';
import { isMoment, toMoment, toWhole } from '../history/history.query.dto.js';

const MOST_PAIRS = 1_000_000;
const USUAL_PAIRS = 100_000;

/** Which versions to compare, over which time. */
export class CompareQueryDto implements ComparisonQuery {
  @ApiProperty({
    description: 'The version that is judged; a shadow, or one that was',
    example: 2,
    type: 'integer',
    minimum: 1,
  })
  @Transform(toWhole)
  @IsInt({ message: 'candidate is not the number of a version' })
  @Min(1)
  readonly candidate: number;

  @ApiProperty({
    description: 'The version it is compared with; the active one where it is left out',
    example: 1,
    type: 'integer',
    minimum: 1,
    required: false,
  })
  @IsOptional()
  @Transform(toWhole)
  @IsInt({ message: 'baseline is not the number of a version' })
  @Min(1)
  readonly baseline?: number;

  @ApiProperty({
    description: 'First moment that is wanted (ISO 8601); a day before `to` where it is left out',
    example: '2026-11-23T00:00:00Z',
    required: false,
    type: 'string',
    format: 'date-time',
  })
  @IsOptional()
  @Transform(toMoment)
  @IsDate(isMoment)
  readonly from?: Date;

  @ApiProperty({
    description: 'First moment that is no longer wanted (ISO 8601); now where it is left out',
    example: '2026-11-24T00:00:00Z',
    required: false,
    type: 'string',
    format: 'date-time',
  })
  @IsOptional()
  @Transform(toMoment)
  @IsDate(isMoment)
  readonly to?: Date;

  @ApiProperty({
    description: 'The latest pairs, at most this many',
    example: USUAL_PAIRS,
    required: false,
    type: 'integer',
    default: USUAL_PAIRS,
    minimum: 1,
    maximum: MOST_PAIRS,
  })
  @Transform(toWhole)
  @IsInt()
  @Min(1)
  @Max(MOST_PAIRS)
  readonly limit: number = USUAL_PAIRS;
}
