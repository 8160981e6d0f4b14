import { EVENT_ACTIONS, type EventDetails, type EventPage, type EventQuery, type ModelEvent } from '@app/registry';
import { IsIn, IsInt, IsOptional, Matches, Max, Min, Transform } from '../http/validators.js';
import { ApiProperty } from '../openapi/decorators.js';
import { toTraffic } from './traffic.dto.js';

const LARGEST_PAGE = 1000;
const USUAL_PAGE = 100;

/** Which events are wanted. */
export class EventQueryDto implements EventQuery {
  @ApiProperty({
    description: 'At most this many',
    example: USUAL_PAGE,
    required: false,
    type: 'integer',
    default: USUAL_PAGE,
    minimum: 1,
    maximum: LARGEST_PAGE,
  })
  @Transform(({ value }: { readonly value: unknown }) => (/^\d{1,9}$/.test(String(value)) ? Number(value) : value))
  @IsInt()
  @Min(1)
  @Max(LARGEST_PAGE)
  readonly limit: number = USUAL_PAGE;

  @ApiProperty({
    description: 'Only events after this one, in the order that is asked for: `next` of the page before',
    example: '6553f1a0019a7b3c5d000001',
    required: false,
    pattern: '^[0-9a-fA-F]{24}$',
  })
  @IsOptional()
  @Matches(/^[0-9a-f]{24}$/i, { message: 'after is not the id of an event (24 hexadecimal digits)' })
  readonly after?: string;

  @ApiProperty({
    description: 'desc: the latest first; asc: the oldest first',
    example: 'desc',
    required: false,
    default: 'desc',
    enum: ['asc', 'desc'],
  })
  @IsOptional()
  @IsIn(['asc', 'desc'])
  readonly order?: 'asc' | 'desc';
}

/** Something that was done to a model, or was refused. */
export class EventDto {
  @ApiProperty({ description: 'Its id', example: '6553f1a0019a7b3c5d000001' })
  readonly _id: string;

  @ApiProperty({ description: 'When (UTC)', example: '2026-11-23T10:59:00.000Z', format: 'date-time' })
  readonly datetime: string;

  @ApiProperty({ description: 'What', example: 'activate', enum: EVENT_ACTIONS })
  readonly action: string;

  @ApiProperty({ description: 'false: it was refused, and `reason` says why', example: true })
  readonly done: boolean;

  @ApiProperty({ description: 'The version, where there is one', example: 2, type: 'integer', required: false })
  readonly version?: number;

  @ApiProperty({ description: 'Who, where they said so', example: 'mira', required: false })
  readonly by?: string;

  @ApiProperty({ description: 'Why', example: 'fewer late surprises in the shadow', required: false })
  readonly reason?: string;

  @ApiProperty({
    description: 'The code of a refusal, see docs/errors.md',
    example: 'SIGNATURE_CHANGES',
    required: false,
  })
  readonly code?: string;

  @ApiProperty({
    description: 'What else is worth knowing: the traffic after a change, the file of a load',
    example: { traffic: { active: 2, shadows: [] } },
    selfRequired: false,
    type: 'object',
    additionalProperties: true,
  })
  readonly details?: Readonly<Record<string, unknown>>;
}

/** A page of the events. */
export class EventsDto {
  @ApiProperty({ description: 'The events', type: [EventDto], example: [] })
  readonly events: readonly EventDto[];

  @ApiProperty({
    description: 'Where there is more: `after` of the next page',
    example: '6553f1a0019a7b3c5d000001',
    required: false,
  })
  readonly next?: string;
}

/** The wire form of a page of events. */
export function toEvents({ events, next }: EventPage): EventsDto {
  return { events: events.map(toEvent), ...(next !== undefined && { next }) };
}

function toEvent({ _id, at, model: _model, details, ...rest }: ModelEvent): EventDto {
  return {
    _id: _id.toHexString(),
    datetime: at.toISOString(),
    ...rest,
    ...(details && { details: toDetails(details) }),
  };
}

function toDetails({ traffic, fileName, sha256, isLive, note }: EventDetails): Readonly<Record<string, unknown>> {
  return { ...(traffic && { traffic: toTraffic(traffic) }), file_name: fileName, sha256, is_live: isLive, note };
}
