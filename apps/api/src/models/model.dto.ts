import type { RegisteredModel } from '@app/registry';
import { ApiProperty } from '../openapi/decorators.js';
import { toTraffic, TrafficDto } from './traffic.dto.js';

/** A model. */
export class ModelDto {
  @ApiProperty({ description: 'Its name', example: 'flight-delay' })
  readonly name: string;

  @ApiProperty({ description: 'The live version; null until one is', example: 2, type: 'integer', nullable: true })
  readonly live_version: number | null;

  @ApiProperty({ description: 'The greatest version number that was given', example: 3, type: 'integer' })
  readonly last_version: number;

  @ApiProperty({
    description: 'Who gets which version; null until one is live',
    type: TrafficDto,
    nullable: true,
    example: { active: 2, canary: { version: 3, percent: 10 }, shadows: [1] },
  })
  readonly traffic: TrafficDto | null;

  @ApiProperty({ description: 'Counts its changes', example: 7, type: 'integer' })
  readonly revision: number;
}

/** All models. */
export class ModelsDto {
  @ApiProperty({
    description: 'The models, by name',
    type: [ModelDto],
    example: [
      { name: 'flight-delay', live_version: 1, last_version: 1, traffic: { active: 1, shadows: [] }, revision: 2 },
    ],
  })
  readonly models: readonly ModelDto[];
}

/** The wire form of a model. */
export function toModel({ _id, lastVersion, traffic, revision }: RegisteredModel): ModelDto {
  return {
    name: _id,
    live_version: traffic?.active ?? null,
    last_version: lastVersion,
    traffic: traffic ? toTraffic(traffic) : null,
    revision,
  };
}
