import { ServingError, type ServingErrorKind } from '@app/core';

// google.rpc.Code, as @grpc/grpc-js numbers them; written here so that the library loads only where gRPC is served.
const GRPC_STATUS: Readonly<Record<ServingErrorKind, number>> = {
  malformed: 3,
  'not-found': 5,
  conflict: 9,
  'too-large': 3,
  'unsupported-type': 3,
  'invalid-input': 3,
  'too-many': 8,
  unavailable: 14,
};

const INTERNAL = 13;

/** The status of an error, as gRPC tells it to the caller. */
export interface GrpcStatus {
  readonly code: number;
  readonly details: string;
}

/** The gRPC status of an error; what is not meant for the caller is a bare INTERNAL. */
export function grpcStatusOf(error: unknown): GrpcStatus {
  if (error instanceof ServingError) return { code: GRPC_STATUS[error.kind], details: error.message };
  return { code: INTERNAL, details: 'the service failed; its log says why' };
}
