import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { chunksOf, frameOf, headerText } from './answer-frame.js';
import type { DoorAnswer } from './door.js';

/** What an answer says beside its own: headers of every answer, written out; who asked; whether the connection goes on. */
export interface AnswerContext {
  readonly fixedHeaders: string;
  readonly requestId: string;
  /** What it says of the connection: `keep-alive` and for how many seconds, or that this is the last answer. */
  readonly keepAliveSeconds: number | undefined;
}

/** Writes an answer as HTTP/1.1 has it, but for its rest; false where the client is slow to take it, as a stream's `write` says. */
export function writeAnswer(socket: Socket, answer: DoorAnswer, context: AnswerContext): boolean {
  const { status, headers, body } = answer;
  const bytes = Buffer.byteLength(body);
  const frame = frameOf(answer, bytes);
  const lines = headersText(headers, frame.headers, context);
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines}\r\n${frame.before}`;
  // A text without a longer character has the same bytes in latin1, which is written faster.
  if (typeof body === 'string')
    return socket.write(head + body + frame.behind, bytes === body.length ? 'latin1' : 'utf8');
  socket.write(head, 'latin1');
  const isTaken = socket.write(body);
  return frame.behind === '' ? isTaken : socket.write(frame.behind, 'latin1');
}

/** Writes what of a long answer is made while it is taken; where the client goes away, what is left is not made. */
export async function writeRest(socket: Socket, answer: DoorAnswer): Promise<void> {
  // Not by a pipeline: that leaves a listener on a socket that goes on, and with it all that the answer was made of.
  for await (const chunk of chunksOf(answer)) {
    if (socket.destroyed) return;
    if (!socket.write(chunk)) await untilTaken(socket);
  }
}

// Or until it never will be.
function untilTaken(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      socket.off('drain', end).off('close', end);
      resolve();
    };
    socket.on('drain', end).on('close', end);
  });
}

function headersText(headers: DoorAnswer['headers'], framing: string, context: AnswerContext): string {
  const { fixedHeaders, requestId, keepAliveSeconds } = context;
  let own = '';
  for (const name in headers) own += headerText(name, headers[name]!);
  const connection =
    keepAliveSeconds === undefined
      ? 'Connection: close\r\n'
      : `Connection: keep-alive\r\nKeep-Alive: timeout=${keepAliveSeconds}\r\n`;
  return `${fixedHeaders}X-Request-Id: ${requestId}\r\n${framing}${own}${dateText()}${connection}`;
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
