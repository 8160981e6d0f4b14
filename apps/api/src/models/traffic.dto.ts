import { type NamedFeatures, ServingError } from '@app/core';
import type { Traffic, WantedTraffic } from '@app/registry';
import { ApiProperty } from '../openapi/decorators.js';

/** A version that gets a part of the callers. */
export class CanaryDto {
  @ApiProperty({ description: 'The version', example: 3, type: 'integer' })
  readonly version: number;

  @ApiProperty({
    description: 'How many of a hundred callers get it, in steps of 0.01',
    example: 10,
    minimum: 0,
    maximum: 100,
  })
  readonly percent: number;
}

/** Who gets which version. */
export class TrafficDto {
  @ApiProperty({ description: 'The version that everybody else gets', example: 2, type: 'integer' })
  readonly active: number;

  @ApiProperty({
    description: 'A version that a part of the callers gets, the same ones every time',
    type: CanaryDto,
    required: false,
    example: { version: 3, percent: 10 },
  })
  readonly canary?: CanaryDto;

  @ApiProperty({
    description: 'Versions that score the same requests for comparison; callers see nothing of them',
    type: 'array',
    items: { type: 'integer' },
    example: [1],
  })
  readonly shadows: readonly number[];

  @ApiProperty({
    description: 'The feature whose value decides for the canary, where a request names no key of its own',
    required: false,
    example: 'sched_dep_time',
  })
  readonly routing_feature?: string;
}

/** A traffic that is wanted. */
export class WantedTrafficDto {
  @ApiProperty({
    description: 'The live version; the present one where it is left out',
    example: 1,
    type: 'integer',
    required: false,
  })
  readonly active?: number;

  @ApiProperty({
    description: 'No canary where it is left out',
    type: CanaryDto,
    required: false,
    example: { version: 2, percent: 10 },
  })
  readonly canary?: CanaryDto;

  @ApiProperty({
    description: 'No shadows where they are left out',
    type: 'array',
    items: { type: 'integer' },
    required: false,
    example: [],
  })
  readonly shadows?: readonly number[];

  @ApiProperty({
    description: 'The feature whose value decides for the canary, where a request names no key of its own',
    required: false,
    example: 'sched_dep_time',
  })
  readonly routing_feature?: string;
}

/** The wire form of a traffic. */
export function toTraffic({ active, canary, shadows, routingFeature }: Traffic): TrafficDto {
  return {
    active,
    ...(canary && { canary }),
    shadows,
    ...(routingFeature !== undefined && { routing_feature: routingFeature }),
  };
}

const ROLES = ['active', 'canary', 'shadows', 'routing_feature'];

/** The traffic that a body asks for; throws TRAFFIC_INVALID where it is none. */
export function readTraffic(body: NamedFeatures): WantedTraffic {
  const unknown = Object.keys(body).find((key) => !ROLES.includes(key));
  if (unknown !== undefined) throw invalid(`${JSON.stringify(unknown)} is no role; roles are ${ROLES.join(', ')}`);
  const { active, canary, shadows = [], routing_feature: feature } = body;
  return {
    ...(active !== undefined && { active: versionIn(active, 'active') }),
    ...(canary !== undefined && canary !== null && { canary: readCanary(canary) }),
    shadows: listIn(shadows).map((version) => versionIn(version, 'a shadow')),
    ...(feature !== undefined && feature !== null && { routingFeature: textIn(feature) }),
  };
}

function readCanary(value: unknown): CanaryDto {
  if (Array.isArray(value))
    throw invalid(`there can be one canary only, {"version", "percent"}; these are ${value.length}`);
  if (typeof value !== 'object') throw invalid('canary is not {"version", "percent"}');
  const { version, percent, ...rest } = value as Readonly<Record<string, unknown>>;
  if (Object.keys(rest).length > 0) throw invalid(`canary has ${Object.keys(rest).join(', ')}, which it does not know`);
  return { version: versionIn(version, 'the canary'), percent: percentIn(percent) };
}

function percentIn(value: unknown): number {
  if (typeof value === 'number' && value >= 0 && value <= 100) return value;
  throw invalid(`percent of the canary is ${JSON.stringify(value)}, not a number from 0 to 100`);
}

function versionIn(value: unknown, role: string): number {
  if (Number.isSafeInteger(value) && (value as number) > 0) return value as number;
  throw invalid(`${role} is ${JSON.stringify(value)}, not the number of a version`);
}

function listIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw invalid('shadows is not a list of versions');
}

function textIn(value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw invalid('routing_feature is not the name of a feature');
}

function invalid(reason: string): ServingError {
  return new ServingError('invalid-input', 'TRAFFIC_INVALID', `the traffic cannot be put in force: ${reason}`);
}
