import { ServingError } from '@app/core';
import type { WireTensor } from './tensor.js';

/** Parameters of a request, an input or an output; those that nobody knows are ignored. */
export type Parameters = Readonly<Record<string, unknown>>;

/** An output that a request asks for. */
export interface RequestedOutput {
  readonly name: string;
  readonly parameters: Parameters;
}

/** An inference request, the same from JSON, binary and gRPC. */
export interface InferRequest {
  readonly id?: string | undefined;
  readonly parameters: Parameters;
  readonly inputs: readonly WireTensor[];
  /** Undefined: all that there are. */
  readonly outputs: readonly RequestedOutput[] | undefined;
}

/** The refusal of a part of a request that is no tensor. */
export function requestInvalid(problem: string): ServingError {
  return new ServingError('malformed', 'INFER_REQUEST_INVALID', problem);
}
