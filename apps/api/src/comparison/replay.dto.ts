import { type Replay, REPLAY_STATES, type Tallied, type WantedReplay } from '@app/comparison';
import { type NamedFeatures, ServingError } from '@app/core';
import { ApiProperty } from '../openapi/decorators.js';
import { toMoment } from '../history/history.query.dto.js';
import { ComparisonDto, SkippedDto, toComparison } from './comparison.dto.js';

const MOST_ROWS = 100_000;

/** A replay that is wanted. */
export class WantedReplayDto {
  @ApiProperty({ description: 'The version to score with; it need not be live', example: 2, type: 'integer' })
  readonly candidate: number;

  @ApiProperty({
    description: 'Only what this version has answered; what any version has where it is left out',
    example: 1,
    type: 'integer',
    required: false,
  })
  readonly baseline?: number;

  @ApiProperty({
    description: 'The latest records, at most this many',
    example: 1000,
    type: 'integer',
    required: false,
    minimum: 1,
    maximum: MOST_ROWS,
    default: MOST_ROWS,
  })
  readonly last?: number;

  @ApiProperty({ description: 'First moment that is wanted', example: '2013-01-01T00:00:00Z', required: false })
  readonly from?: string;

  @ApiProperty({
    description: 'First moment that is no longer wanted',
    example: '2100-01-01T00:00:00Z',
    required: false,
  })
  readonly to?: string;
}

/** A replay: how far it is, and the comparison once it has ended. */
export class ReplayDto {
  @ApiProperty({ description: 'Its id', example: '6553f1a0019a7b3c5d000001' })
  readonly id: string;

  @ApiProperty({ description: 'The model', example: 'flight-delay' })
  readonly model: string;

  @ApiProperty({ description: 'The version that scores', example: 2, type: 'integer' })
  readonly candidate_version: number;

  @ApiProperty({ description: 'Only what this version has answered', example: 1, type: 'integer', required: false })
  readonly baseline_version?: number;

  @ApiProperty({ description: 'interrupted: its process has ended', example: 'done', enum: REPLAY_STATES })
  readonly state: string;

  @ApiProperty({ description: 'Records that it reads, at most', example: 1000, type: 'integer' })
  readonly wanted: number;

  @ApiProperty({ description: 'Records that were compared so far', example: 998, type: 'integer' })
  readonly compared: number;

  @ApiProperty({ description: 'Records that could not be', example: 2, type: 'integer' })
  readonly skipped: number;

  @ApiProperty({ description: 'When it began (UTC)', example: '2026-11-23T10:59:00.000Z', format: 'date-time' })
  readonly started_at: string;

  @ApiProperty({ description: 'Why it failed', example: 'the database does not answer', required: false })
  readonly failure?: string;

  @ApiProperty({
    description: 'Why records could not be compared; where it has ended',
    type: [SkippedDto],
    example: [{ reason: 'distance is missing', count: 2 }],
    required: false,
  })
  readonly reasons?: readonly Tallied[];

  @ApiProperty({
    description:
      'What was answered beside what the candidate says; where it has ended and there was something to compare',
    type: ComparisonDto,
    required: false,
    example: { n: 998, mean_difference: 0.41, mean_absolute_difference: 0.97, different_share: 0.25 },
  })
  readonly comparison?: ComparisonDto;
}

/** The replays of a model. */
export class ReplaysDto {
  @ApiProperty({ description: 'The latest first', type: [ReplayDto], example: [] })
  readonly replays: readonly ReplayDto[];
}

/** The wire form of a replay. */
export function toReplay({ _id, model, candidate, baseline, outcome, failure, ...replay }: Replay): ReplayDto {
  const { state, wanted, compared, skipped, startedAt } = replay;
  return {
    id: _id.toHexString(),
    model,
    candidate_version: candidate,
    ...(baseline !== undefined && { baseline_version: baseline }),
    state,
    wanted,
    compared,
    skipped,
    started_at: startedAt.toISOString(),
    ...(failure !== undefined && { failure }),
    ...(outcome && { reasons: outcome.skipped }),
    ...(outcome?.comparison && { comparison: toComparison(outcome.comparison) }),
  };
}

const PARTS = ['candidate', 'baseline', 'last', 'from', 'to'];

/** The replay that a body asks for; throws REPLAY_INVALID where it is none. */
export function readReplay(body: NamedFeatures): WantedReplay {
  const unknown = Object.keys(body).find((key) => !PARTS.includes(key));
  if (unknown !== undefined)
    throw invalid(`${JSON.stringify(unknown)} is no part of it; parts are ${PARTS.join(', ')}`);
  const { candidate, baseline, last = MOST_ROWS, from, to } = body;
  return {
    candidate: wholeIn('candidate', candidate, 2 ** 31),
    ...(baseline !== undefined && { baseline: wholeIn('baseline', baseline, 2 ** 31) }),
    last: wholeIn('last', last, MOST_ROWS),
    ...(from !== undefined && { from: momentIn('from', from) }),
    ...(to !== undefined && { to: momentIn('to', to) }),
  };
}

function wholeIn(part: string, value: unknown, most: number): number {
  if (Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= most) return value as number;
  throw invalid(`${part} is ${JSON.stringify(value)}, not a whole number from 1 to ${most}`);
}

function momentIn(part: string, value: unknown): Date {
  const moment = toMoment({ value });
  if (moment instanceof Date && !Number.isNaN(moment.getTime())) return moment;
  throw invalid(`${part} is ${JSON.stringify(value)}, not a moment like 2026-11-23T10:59:00Z`);
}

function invalid(reason: string): ServingError {
  return new ServingError('invalid-input', 'REPLAY_INVALID', `nothing can be replayed: ${reason.slice(0, 1000)}`);
}
