import { CAPTURE_ROLES, type CaptureRole, type HistoryQuery } from '@app/capture';
import { ApiProperty } from '../openapi/decorators.js';
import {
  IsDate,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  Transform,
} from '../http/validators.js';

/** The most records that one page may have. */
export const LARGEST_PAGE = 10_000;

const ROLES = [...CAPTURE_ROLES, 'all'] as const;
const MOMENT = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?(Z|[+-]\d{2}:\d{2})?$/;

/** A moment without a zone is in UTC; anything that is no moment stays what it was, for the validator to refuse. */
export function toMoment({ value }: { readonly value: unknown }): unknown {
  const parts = typeof value === 'string' ? MOMENT.exec(value) : null;
  return parts && isDay(parts[1]!) ? new Date(`${parts[1]}${parts[2] ?? 'T00:00'}${parts[3] ?? 'Z'}`) : value;
}

// Of a month's 31st that it does not have, Date makes the first of the next one.
function isDay(day: string): boolean {
  const moment = new Date(`${day}T00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day);
}

/** A whole number as it stands in a query; anything else stays what it was, for the validator to refuse. */
export function toWhole({ value }: { readonly value: unknown }): unknown {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
}

/** What the validator says of what is no moment. */
export const isMoment = { message: '$property is not a moment like 2026-11-23 or 2026-11-23T10:59:00Z' };

/** Which part of the history is wanted; all of it, oldest first, where nothing is said. */
export class HistoryQueryDto implements HistoryQuery {
  @ApiProperty({
    description: 'At most this many records, as one page',
    example: 100,
    required: false,
    type: 'integer',
    minimum: 1,
    maximum: LARGEST_PAGE,
  })
  @IsOptional()
  @Transform(toWhole)
  @IsInt()
  @Min(1)
  @Max(LARGEST_PAGE)
  readonly limit?: number;

  @ApiProperty({
    description: 'Only records after this one: `next` of the page before',
    example: '6553f1a0019a7b3c5d000001',
    required: false,
    pattern: '^[0-9a-fA-F]{24}$',
  })
  @IsOptional()
  @Matches(/^[0-9a-f]{24}$/i, { message: 'after is not the id of a record (24 hexadecimal digits)' })
  readonly after?: string;

  @ApiProperty({
    description: 'asc: oldest first; desc: newest first',
    example: 'asc',
    required: false,
    enum: ['asc', 'desc'],
  })
  @IsOptional()
  @IsIn(['asc', 'desc'])
  readonly order?: 'asc' | 'desc';

  @ApiProperty({
    description: 'Only records of this role; all: those of shadows, too, which no caller was answered',
    example: 'canary',
    required: false,
    enum: ROLES,
  })
  @IsOptional()
  @IsIn(ROLES)
  readonly role?: CaptureRole | 'all';

  @ApiProperty({
    description: 'Only records of this model',
    example: 'flight-delay',
    required: false,
    type: 'string',
    minLength: 1,
    maxLength: 256,
  })
  @IsOptional()
  @IsString()
  @Matches(/^[^\0]+$/, { message: 'model is empty or holds a NUL' })
  @MaxLength(256)
  readonly model?: string;

  @ApiProperty({
    description: 'First moment that is wanted (ISO 8601; UTC where no zone is given)',
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
    description: 'First moment that is no longer wanted (ISO 8601)',
    example: '2026-11-24T00:00:00Z',
    required: false,
    type: 'string',
    format: 'date-time',
  })
  @IsOptional()
  @Transform(toMoment)
  @IsDate(isMoment)
  readonly to?: Date;
}
