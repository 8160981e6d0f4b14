import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DoorAnswer } from './door.js';

/**
 * Sends an answer through node:http, with further headers in front of its own; of one with a rest, gives when that has been
 * sent. Not by Express's `send`, which would add an ETag to what is never asked for twice.
 */
export function send(
  response: ServerResponse,
  answer: DoorAnswer,
  further: readonly string[] = [],
): Promise<void> | undefined {
  const { status, headers, body, rest, trailers } = answer;
  // A flat list: node:http writes it as it is, where it would look at every entry of an object.
  const list = [...further, ...framing(response, answer)];
  for (const name in headers) list.push(name, headers[name]!);
  response.writeHead(status, list);
  // Where the other side goes away, what is left is not made.
  if (rest) return pipeline(Readable.from(withTrailers(response, answer)), response).catch(ignoreGone);
  if (trailers) response.addTrailers(trailers());
  response.end(body);
  return undefined;
}

// HTTP/1.0 has no chunks, so no trailers: such an answer ends with its connection.
function framing({ req }: ServerResponse, { body, trailers }: DoorAnswer): readonly string[] {
  if (!trailers) return ['Content-Length', String(Buffer.byteLength(body))];
  if (req.httpVersion === '1.0') return [];
  return ['Trailer', Object.keys(trailers()).join(', '), 'Transfer-Encoding', 'chunked'];
}

async function* withTrailers(
  response: ServerResponse,
  { body, rest, trailers }: DoorAnswer,
): AsyncGenerator<string | Buffer> {
  yield body;
  yield* rest!;
  if (trailers) response.addTrailers(trailers());
}

function ignoreGone(error: NodeJS.ErrnoException): void {
  if (!['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE'].includes(error.code ?? '')) throw error;
}
