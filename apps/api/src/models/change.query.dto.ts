import type { TrafficRequest } from '@app/registry';
import { ApiProperty } from '../openapi/decorators.js';
import { IsBoolean, IsOptional, IsString, MaxLength, Transform } from '../http/validators.js';

const LONGEST_REASON = 1000;

/** `true` and `false` as they stand in a query; anything else stays what it was, for the validator to refuse. */
export function toTruth({ value }: { readonly value: unknown }): unknown {
  return value === 'true' ? true : value === 'false' ? false : value;
}

/** Why a change is made. */
export class ReasonQueryDto {
  @ApiProperty({
    description: 'Why; goes into the events',
    type: 'string',
    required: false,
    example: 'trained on 2013',
  })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_REASON)
  readonly reason?: string;
}

/** How a change of traffic is wanted. */
export class TrafficQueryDto extends ReasonQueryDto {
  @ApiProperty({
    description: "Also where the live version's callers would have to send other features",
    type: 'boolean',
    required: false,
    default: false,
    example: false,
  })
  @IsOptional()
  @Transform(toTruth)
  @IsBoolean({ message: 'allow_signature_change is neither true nor false' })
  readonly allow_signature_change?: boolean;
}

/** A change as the registry takes it: who, why, and how much it may change. */
export function toTrafficRequest(query: TrafficQueryDto, user: string | undefined): TrafficRequest {
  const { reason, allow_signature_change: allowed } = query;
  return {
    ...(user !== undefined && { by: user }),
    ...(reason !== undefined && { reason }),
    ...(allowed !== undefined && { allowSignatureChange: allowed }),
  };
}
