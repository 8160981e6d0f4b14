import { STATUS_CODES, validateHeaderValue } from 'node:http';
import type { Socket } from 'node:net';
import type { DoorAnswer } from './door.js';

/** What an answer says beside its own: headers of every answer, written out; who asked; whether the connection goes on. */
export interface AnswerContext {
  readonly fixedHeaders: string;
  readonly requestId: string;
  /** What it says of the connection: `keep-alive` and for how many seconds, or that this is the last answer. */
  readonly keepAliveSeconds: number | undefined;
}

/** Writes an answer as HTTP/1.1 has it; false where the client is slow to take it, as a stream's `write` says. */
export function writeAnswer(socket: Socket, { status, headers, body }: DoorAnswer, context: AnswerContext): boolean {
  const length = Buffer.byteLength(body);
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${headersText(headers, length, context)}\r\n`;
  // A text without a longer character has the same bytes in latin1, which is written faster.
  if (typeof body === 'string') return socket.write(head + body, length === body.length ? 'latin1' : 'utf8');
  socket.write(head, 'latin1');
  return socket.write(body);
}

function headersText(headers: DoorAnswer['headers'], length: number, context: AnswerContext): string {
  const { fixedHeaders, requestId, keepAliveSeconds } = context;
  let own = '';
  for (const name in headers) own += headerText(name, headers[name]!);
  const connection =
    keepAliveSeconds === undefined
      ? 'Connection: close\r\n'
      : `Connection: keep-alive\r\nKeep-Alive: timeout=${keepAliveSeconds}\r\n`;
  return `${fixedHeaders}X-Request-Id: ${requestId}\r\nContent-Length: ${length}\r\n${own}${dateText()}${connection}`;
}

/** A header as a line; throws where its value would be more than one. */
export function headerText(name: string, value: string): string {
  validateHeaderValue(name, value);
  return `${name}: ${value}\r\n`;
}

let second = 0;
let date = '';

// Its second is as exact as the header is.
function dateText(): string {
  const now = Math.floor(Date.now() / 1000);
  if (now !== second) {
    second = now;
    date = `Date: ${new Date(now * 1000).toUTCString()}\r\n`;
  }
  return date;
}
