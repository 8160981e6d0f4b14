import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { isStreamed } from './bodies.js';

const LOOK_EVERY_MS = 500;

interface Arriving {
  readonly response: ServerResponse;
  readonly sinceMs: number;
}

/**
 * Ends requests that take longer than the limit to arrive, with a 408. Node's own requestTimeout knows no exception,
 * and a batch may take as long as it goes on: only its silence is limited.
 */
export class ArrivalLimit {
  // In the order of arrival.
  private readonly arriving = new Map<IncomingMessage, Arriving>();

  constructor(
    server: Server,
    private readonly limitMs: number,
  ) {
    server.requestTimeout = 0;
    const timer = setInterval(() => this.endLate(Date.now() - limitMs), LOOK_EVERY_MS).unref();
    server.once('close', () => clearInterval(timer));
  }

  /** A request begins to arrive; it is watched until it has, or its caller is gone. */
  begin(request: IncomingMessage, response: ServerResponse): void {
    this.arriving.set(request, { response, sinceMs: Date.now() });
    for (const event of ['end', 'close']) request.once(event, () => this.arriving.delete(request));
  }

  /** The same for one that may be streamed. */
  watch(request: IncomingMessage, response: ServerResponse): void {
    if (isStreamed(request)) limitSilence(request, response, this.limitMs);
    else this.begin(request, response);
  }

  private endLate(deadlineMs: number): void {
    for (const [request, { response, sinceMs }] of this.arriving) {
      if (sinceMs > deadlineMs) return;
      this.arriving.delete(request);
      // One without a body that anybody reads never says that it ended.
      if (!request.complete) answerLate(request, response);
    }
  }
}

function answerLate(request: IncomingMessage, response: ServerResponse): void {
  if (response.headersSent) return void request.destroy();
  response.writeHead(408, { Connection: 'close' }).end(() => request.destroy());
}

// A socket is silent, too, while the service is at work: only a client that has its turn to send or to take may not be.
function limitSilence(request: IncomingMessage, response: ServerResponse, limitMs: number): void {
  const { socket } = request;
  const isWaitedFor = (): boolean => response.writableNeedDrain || (!request.complete && request.readableLength === 0);
  // The response's: Node asks a request that has come whole no more, and closes its connection.
  response.setTimeout(limitMs, () => (isWaitedFor() ? request.destroy() : socket.setTimeout(limitMs)));
  response.once('close', () => socket.setTimeout(0));
}
