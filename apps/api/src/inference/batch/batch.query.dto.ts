import { ApiPropertyOptional } from '../../openapi/decorators.js';
import { IsIn, IsOptional } from '../../http/validators.js';

/** How a batch is to be answered. */
export class BatchQueryDto {
  @ApiPropertyOptional({
    description: 'What a row that does not fit does: gets its own line of the answer, or ends it',
    enum: ['continue', 'stop'],
    default: 'continue',
    example: 'stop',
  })
  @IsOptional()
  @IsIn(['continue', 'stop'])
  readonly on_error?: 'continue' | 'stop';

  @ApiPropertyOptional({
    description: 'false keeps no record, where CAPTURE_OPTIONAL allows that',
    enum: ['true', 'false'],
    default: 'true',
    example: 'true',
  })
  @IsOptional()
  @IsIn(['true', 'false'])
  readonly capture?: 'true' | 'false';
}
