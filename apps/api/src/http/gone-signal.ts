import type { ServerResponse } from 'node:http';

/** A signal that is aborted when the caller goes away before its answer is complete. */
export function goneSignal(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  // It may have gone while its request was looked at.
  if (response.destroyed) controller.abort();
  response.once('close', () => {
    // Every answer closes; an abort makes an error with a stack, which takes as long as scoring a row.
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}
