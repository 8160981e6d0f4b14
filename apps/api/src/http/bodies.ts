import type { Settings } from '@app/platform';
import type { NestExpressApplication } from '@nestjs/platform-express';

interface Incoming {
  readonly url?: string;
  readonly headers: NodeJS.Dict<string | string[]>;
}

const TENSORS = /^\/(v2|invocations)([/?]|$)/i;
const STREAMED = /^\/model\/predict\/batch([/?]|$)/i;

/** Reads bodies as bytes, unpacked, each kind within its own limit, whatever type they say they are. */
export function readBodies(app: NestExpressApplication, { maxBodyBytes, maxTensorBytes }: Settings): void {
  app.useBodyParser('raw', { type: holdsTensors, limit: maxTensorBytes });
  app.useBodyParser('raw', { type: isSmall, limit: maxBodyBytes });
}

/** True for a body that its route reads row by row. */
export function isStreamed({ url = '' }: Incoming): boolean {
  return STREAMED.test(url);
}

function holdsTensors({ url = '' }: Incoming): boolean {
  return TENSORS.test(url);
}

// Uploads have a reader of their own, with a limit of their own.
function isSmall(request: Incoming): boolean {
  const isUpload = String(request.headers['content-type']).toLowerCase().startsWith('multipart/');
  return !isUpload && !holdsTensors(request) && !isStreamed(request);
}
