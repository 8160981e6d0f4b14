import { ApiProperty } from '../../openapi/decorators.js';

const ROW = [1059, 1209, 284, 93, 1011, 5.8, 0, 0];

/** Rows, in exactly one of these members. */
export class InvocationRequestDto {
  @ApiProperty({
    description: 'Rows of values in signature order, objects of named features, or {"features": values}',
    example: [ROW],
    required: false,
    type: 'array',
    items: {},
  })
  readonly instances?: readonly unknown[];

  @ApiProperty({
    description: 'The same, or an object of columns',
    required: false,
    example: [ROW],
    type: 'array',
    items: {},
  })
  readonly inputs?: unknown;

  @ApiProperty({
    description: 'Names of columns, and rows of values',
    selfRequired: false,
    example: { columns: ['distance'], data: [[284]] },
    type: 'object',
    additionalProperties: true,
  })
  readonly dataframe_split?: object;

  @ApiProperty({
    description: 'Objects of named features',
    required: false,
    example: [{ distance: 284 }],
    type: 'array',
    items: {},
  })
  readonly dataframe_records?: readonly object[];
}

/** The scores. */
export class InvocationResponseDto {
  @ApiProperty({ description: 'A score a row', example: [10.81], type: [Number] })
  readonly predictions: readonly number[];
}

/** An error, as MLflow has it. */
export class InvocationErrorDto {
  @ApiProperty({ description: 'What kind of error it is', example: 'BAD_REQUEST' })
  readonly error_code: string;

  @ApiProperty({ description: 'What was wrong, and what would be right', example: 'the body has no rows' })
  readonly message: string;
}
