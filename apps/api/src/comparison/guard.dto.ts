import type { Guard, GuardRules } from '@app/comparison';
import { type NamedFeatures, ServingError } from '@app/core';
import { ApiProperty } from '../openapi/decorators.js';

const MOST_ROWS = 1_000_000_000;
const MOST_MINUTES = 525_600;
const USUAL_ROWS = 200;
const USUAL_MINUTES = 10;
const DEEDS = ['promote', 'keep'] as const;

/** A guard that is wanted; at least one of the rules (`max_…`) is named. */
export class WantedGuardDto {
  @ApiProperty({
    description: 'Rows that the canary and the active version must each have got before anything is judged',
    example: 200,
    type: 'integer',
    required: false,
    default: USUAL_ROWS,
    minimum: 1,
    maximum: MOST_ROWS,
  })
  readonly min_rows?: number;

  @ApiProperty({
    description: "How much the share of requests that the canary cannot answer may be above the active version's",
    example: 0.01,
    required: false,
    minimum: 0,
    maximum: 1,
  })
  readonly max_error_rate_increase?: number;

  @ApiProperty({
    description: 'How many times as long as of the active version a request of the canary may take, on average',
    example: 2,
    required: false,
    minimum: 0,
    maximum: 1000,
  })
  readonly max_latency_ratio?: number;

  @ApiProperty({
    description: 'How far the two distributions of scores may be apart (Kolmogorov and Smirnov)',
    example: 0.2,
    required: false,
    minimum: 0,
    maximum: 1,
  })
  readonly max_score_shift?: number;

  @ApiProperty({
    description: 'How long the canary must have kept to the rules',
    example: 10,
    required: false,
    default: USUAL_MINUTES,
    minimum: 0,
    maximum: MOST_MINUTES,
  })
  readonly after_minutes?: number;

  @ApiProperty({
    description: 'What becomes of it then: promote makes it the active version, keep leaves it the canary',
    example: 'promote',
    required: false,
    default: 'keep',
    enum: DEEDS,
  })
  // oxlint-disable-next-line unicorn/no-thenable -- a word of the wire form, never a function
  readonly then?: (typeof DEEDS)[number];
}

/** A guard, and what its last look has found. */
export class GuardDto extends WantedGuardDto {
  @ApiProperty({
    description: 'What was found; absent before the first look',
    example: 'held',
    enum: ['waiting', 'broken', 'held'],
    required: false,
  })
  readonly verdict?: string;

  @ApiProperty({
    description: 'Why, with numbers',
    example: 'error rate 0 beside 0, at most 0.01 more; 250 rows of the canary, 2251 of the active version',
    required: false,
  })
  readonly reason?: string;

  @ApiProperty({
    description: 'Since when a canary is watched; absent where there is none',
    example: '2026-11-23T10:59:00.000Z',
    format: 'date-time',
    required: false,
  })
  readonly watching_since?: string;
}

/** The wire form of a guard. */
export function toGuard({ rules, finding, watch }: Guard): GuardDto {
  const { minRows, maxErrorRateIncrease: errors, maxLatencyRatio: latency, maxScoreShift: shift, ...rest } = rules;
  return {
    min_rows: minRows,
    ...(errors !== undefined && { max_error_rate_increase: errors }),
    ...(latency !== undefined && { max_latency_ratio: latency }),
    ...(shift !== undefined && { max_score_shift: shift }),
    after_minutes: rest.afterMinutes,
    // oxlint-disable-next-line unicorn/no-thenable -- a word of the wire form, never a function
    then: rest.onceHeld,
    ...finding,
    ...(watch && { watching_since: watch.since.toISOString() }),
  };
}

const RULES = ['max_error_rate_increase', 'max_latency_ratio', 'max_score_shift'];
const PARTS = ['min_rows', ...RULES, 'after_minutes', 'then'];

/** The rules that a body asks for; throws GUARD_INVALID where it is none. */
export function readGuard(body: NamedFeatures): GuardRules {
  const unknown = Object.keys(body).find((key) => !PARTS.includes(key));
  if (unknown !== undefined)
    throw invalid(`${JSON.stringify(unknown)} is no part of it; parts are ${PARTS.join(', ')}`);
  if (!RULES.some((rule) => body[rule] !== undefined)) throw invalid(`it has no rule: name one of ${RULES.join(', ')}`);
  const { min_rows: rows = USUAL_ROWS, after_minutes: minutes = USUAL_MINUTES, then = 'keep' } = body;
  const { max_error_rate_increase: errors, max_latency_ratio: latency, max_score_shift: shift } = body;
  return {
    minRows: wholeIn('min_rows', rows),
    afterMinutes: numberIn('after_minutes', minutes, MOST_MINUTES),
    onceHeld: deedIn(then),
    ...(errors !== undefined && { maxErrorRateIncrease: numberIn('max_error_rate_increase', errors, 1) }),
    ...(latency !== undefined && { maxLatencyRatio: numberIn('max_latency_ratio', latency, 1000) }),
    ...(shift !== undefined && { maxScoreShift: numberIn('max_score_shift', shift, 1) }),
  };
}

function numberIn(part: string, value: unknown, most: number): number {
  if (typeof value === 'number' && value >= 0 && value <= most) return value;
  throw invalid(`${part} is ${JSON.stringify(value)}, not a number from 0 to ${most}`);
}

function wholeIn(part: string, value: unknown): number {
  if (Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= MOST_ROWS) return value as number;
  throw invalid(`${part} is ${JSON.stringify(value)}, not a whole number from 1 to ${MOST_ROWS}`);
}

function deedIn(value: unknown): (typeof DEEDS)[number] {
  const deed = DEEDS.find((known) => known === value);
  if (deed) return deed;
  throw invalid(`then is ${JSON.stringify(value)}, not one of ${DEEDS.join(', ')}`);
}

function invalid(reason: string): ServingError {
  return new ServingError('invalid-input', 'GUARD_INVALID', `this cannot be a guard: ${reason.slice(0, 1000)}`);
}
