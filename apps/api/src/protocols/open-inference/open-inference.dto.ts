import { ApiProperty } from '../../openapi/decorators.js';

const PARAMETERS = {
  type: 'object',
  additionalProperties: true,
  selfRequired: false,
  example: { binary_data_output: false },
} as const;

/** Live. */
export class ServerLiveDto {
  @ApiProperty({ description: 'Always true: a server that is not does not answer', example: true })
  readonly live: boolean;
}

/** Ready. */
export class ServerReadyDto {
  @ApiProperty({ description: 'Always true: a server that is not answers 503', example: true })
  readonly ready: boolean;
}

/** What the server is. */
export class ServerMetadataDto {
  @ApiProperty({ description: 'Its name', example: 'scorekeeper' })
  readonly name: string;

  @ApiProperty({ description: 'Its version', example: '0.1.0' })
  readonly version: string;

  @ApiProperty({ description: 'Extensions of the protocol', example: ['binary_tensor_data'], type: [String] })
  readonly extensions: readonly string[];
}

/** The models that are live. */
export class ModelListDto {
  @ApiProperty({ description: 'Their names', example: ['flight-delay'], type: [String] })
  readonly models: readonly string[];
}

/** A model is ready. */
export class ModelReadyDto {
  @ApiProperty({ description: 'The model', example: 'flight-delay' })
  readonly name: string;

  @ApiProperty({ description: 'Always true: one that is not is answered 404', example: true })
  readonly ready: boolean;
}

/** A tensor as metadata describes it. */
export class TensorMetadataDto {
  @ApiProperty({ description: 'Its name', example: 'distance' })
  readonly name: string;

  @ApiProperty({ description: 'The type of its values', example: 'FP64' })
  readonly datatype: string;

  @ApiProperty({ description: 'Its dimensions; -1 is any size', example: [-1, 1], type: [Number] })
  readonly shape: readonly number[];
}

/** What a model takes and gives. */
export class ModelMetadataDto {
  @ApiProperty({ description: 'The model', example: 'flight-delay' })
  readonly name: string;

  @ApiProperty({ description: 'The versions that are live', example: ['1'], type: [String] })
  readonly versions: readonly string[];

  @ApiProperty({ description: 'What runs it', example: 'onnx_onnxv1' })
  readonly platform: string;

  @ApiProperty({
    description: 'One tensor a feature; a single [N, F] tensor in this order is taken as well',
    example: [{ name: 'distance', datatype: 'FP64', shape: [-1, 1] }],
    type: [TensorMetadataDto],
  })
  readonly inputs: readonly TensorMetadataDto[];

  @ApiProperty({
    description: 'The parts of a prediction',
    example: [{ name: 'score', datatype: 'FP64', shape: [-1, -1] }],
    type: [TensorMetadataDto],
  })
  readonly outputs: readonly TensorMetadataDto[];
}

/** A tensor. */
export class TensorDto {
  @ApiProperty({ description: 'Its name', example: 'distance' })
  readonly name: string;

  @ApiProperty({ description: 'Its dimensions, rows first', example: [1, 1], type: [Number] })
  readonly shape: readonly number[];

  @ApiProperty({ description: 'The type of its values', example: 'FP64' })
  readonly datatype: string;

  @ApiProperty({ description: '`binary_data_size` where the values follow the JSON as bytes', ...PARAMETERS })
  readonly parameters?: object;

  @ApiProperty({
    description: 'Its values, nested or flat, row by row',
    example: [284],
    required: false,
    type: 'array',
    items: {},
  })
  readonly data?: readonly unknown[];
}

/** An output that is asked for. */
export class RequestedOutputDto {
  @ApiProperty({ description: 'Its name', example: 'score' })
  readonly name: string;

  @ApiProperty({ description: '`binary_data`: its values as bytes behind the JSON', ...PARAMETERS })
  readonly parameters?: object;
}

/** An inference request. */
export class InferRequestDto {
  @ApiProperty({ description: 'Comes back unchanged', example: 'my-7', required: false })
  readonly id?: string;

  @ApiProperty({ description: '`binary_data_output`: all outputs as bytes behind the JSON', ...PARAMETERS })
  readonly parameters?: object;

  @ApiProperty({
    description: 'One named [N, 1] or [N] tensor a feature, or a single [N, F] tensor in the order of the metadata',
    example: [{ name: 'rows', shape: [1, 8], datatype: 'FP64', data: [1059, 1209, 284, 93, 1011, 5.8, 0, 0] }],
    type: [TensorDto],
  })
  readonly inputs: readonly TensorDto[];

  @ApiProperty({
    description: 'The outputs wanted; all where nothing is said',
    example: [{ name: 'score' }],
    required: false,
    type: [RequestedOutputDto],
  })
  readonly outputs?: readonly RequestedOutputDto[];
}

/** An answered inference request. */
export class InferResponseDto {
  @ApiProperty({ description: 'The model', example: 'flight-delay' })
  readonly model_name: string;

  @ApiProperty({ description: 'The version that answered', example: '1' })
  readonly model_version: string;

  @ApiProperty({ description: 'The id of the request', example: 'my-7', required: false })
  readonly id?: string;

  @ApiProperty({
    description: 'The parts of the predictions',
    example: [{ name: 'score', datatype: 'FP64', shape: [1, 1], data: [10.81] }],
    type: [TensorDto],
  })
  readonly outputs: readonly TensorDto[];
}

/** What to list. */
export class RepositoryIndexRequestDto {
  @ApiProperty({ description: 'Only models that are ready', example: true, required: false })
  readonly ready?: boolean;
}

/** A model of the repository. */
export class RepositoryEntryDto {
  @ApiProperty({ description: 'The model', example: 'flight-delay' })
  readonly name: string;

  @ApiProperty({ description: 'Its live version', example: '1', required: false })
  readonly version?: string;

  @ApiProperty({ description: 'Whether it serves', example: 'READY', enum: ['READY', 'UNAVAILABLE'] })
  readonly state: string;

  @ApiProperty({ description: 'Why it does not', example: '' })
  readonly reason: string;
}

/** A model was loaded. */
export class RepositoryLoadDto {
  @ApiProperty({ description: 'The model', example: 'flight-delay' })
  readonly name: string;

  @ApiProperty({ description: 'Always true', example: true })
  readonly load: boolean;
}

/** A model was unloaded. */
export class RepositoryUnloadDto {
  @ApiProperty({ description: 'The model', example: 'flight-delay' })
  readonly name: string;

  @ApiProperty({ description: 'Always true', example: true })
  readonly unload: boolean;
}

/** An error, as the protocol has it. */
export class OpenInferenceErrorDto {
  @ApiProperty({ description: 'What was wrong, and what would be right', example: 'there is no live model "delay"' })
  readonly error: string;
}
