import type { CaptureRole, DataCapture } from '@app/capture';
import { ApiProperty } from '../openapi/decorators.js';
import { DETAILS, type PredictResponseDto } from '../inference/predict.dto.js';

/** One prediction as it was answered. */
export class HistoryRecordDto {
  @ApiProperty({
    description: 'The features as they came',
    example: {
      sched_dep_time: 1059,
      sched_arr_time: 1209,
      distance: 284,
      clouds: 93,
      pres: 1011,
      wind_spd: 5.8,
      precip: 0,
      snow: 0,
    },
    type: 'object',
    additionalProperties: true,
  })
  readonly features: Readonly<Record<string, unknown>>;

  @ApiProperty({
    description: 'The score that was answered',
    example: 10.81,
    oneOf: [{ type: 'number' }, { type: 'array', items: { type: 'number', nullable: true } }],
  })
  readonly score: number | readonly (number | null)[];

  @ApiProperty({ description: 'When (UTC)', example: '2026-11-23T10:59:00.000Z', format: 'date-time', type: 'string' })
  readonly datetime: string;

  @ApiProperty({ description: 'The model', example: 'flight-delay' })
  readonly model: string;

  @ApiProperty({ description: 'Its version', example: 1, type: 'integer' })
  readonly model_version: number;

  @ApiProperty({ description: 'The id that the prediction was answered with', example: '6553f1a0019a7b3c5d000001' })
  readonly _id: string;

  @ApiProperty({
    description:
      'The part of that version in the traffic, where it was not the active one; forced: the caller asked for it',
    example: 'canary',
    enum: ['canary', 'shadow', 'forced'],
    required: false,
  })
  readonly role?: CaptureRole;

  @ApiProperty({
    description: "Of a shadow's record: the `_id` of the record whose request it scored",
    example: '6553f1a0019a7b3c5d000001',
    required: false,
  })
  readonly request?: string;

  @ApiProperty(DETAILS.label)
  readonly label?: PredictResponseDto['label'];

  @ApiProperty(DETAILS.probabilities)
  readonly probabilities?: PredictResponseDto['probabilities'];

  @ApiProperty(DETAILS.decision)
  readonly decision?: PredictResponseDto['decision'];

  @ApiProperty(DETAILS.warnings)
  readonly warnings?: readonly string[];
}

/** The history, or a page of it. */
export class HistoryDto {
  @ApiProperty({ description: 'The records', type: [HistoryRecordDto], example: [] })
  readonly history: readonly HistoryRecordDto[];

  @ApiProperty({
    description: 'With `limit`, where there is more: `after` of the next page',
    example: '6553f1a0019a7b3c5d000001',
    required: false,
  })
  readonly next?: string;
}

/** The wire form of a capture. */
export function toHistoryRecord(capture: DataCapture): HistoryRecordDto {
  const { _id, features, score, datetime, model, role, request, ...rest } = capture;
  return {
    features,
    score,
    datetime: datetime.toISOString(),
    model,
    ...rest,
    ...(role && role !== 'active' && { role }),
    ...(request && { request: request.toHexString() }),
    _id: _id.toHexString(),
  } as HistoryRecordDto;
}
