import { ServingError } from '@app/core';
import type { Settings } from '@app/platform';
import type { DoorCall } from '../../doors/door.js';
import type { PredictionRequest } from '../prediction-request.js';
import { routingKeyIn, versionIn } from '../traffic.headers.js';
import type { BatchQueryDto } from './batch.query.dto.js';

/** How a batch is to be answered, and by which version. */
export interface BatchOptions extends Pick<PredictionRequest, 'version' | 'routingKey' | 'requestId'> {
  /** Ends at the first row that is refused. */
  readonly stopsOnError: boolean;
  readonly isCaptured: boolean;
  readonly signal: AbortSignal;
}

/** What a request asks of its batch; throws where that is wrong, or not allowed here. */
export function batchOptions(
  { on_error, capture }: BatchQueryDto,
  { headers, requestId, signal }: Pick<DoorCall, 'headers' | 'requestId' | 'signal'>,
  { captureOptional }: Settings,
): BatchOptions {
  const isCaptured = capture !== 'false';
  if (!isCaptured && !captureOptional) throw captureRequired();
  return {
    stopsOnError: on_error === 'stop',
    isCaptured,
    version: versionIn(headers),
    routingKey: routingKeyIn(headers),
    requestId,
    signal,
  };
}

function captureRequired(): ServingError {
  const message = 'capture=false is not allowed here (CAPTURE_OPTIONAL): every prediction is kept';
  return new ServingError('malformed', 'CAPTURE_REQUIRED', message);
}
