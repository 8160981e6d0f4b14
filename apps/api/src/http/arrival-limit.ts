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

  /** A request begins to arrive; whoever reads it says when it has, with `end`. */
  begin(request: IncomingMessage, response: ServerResponse): void {
    this.arriving.set(request, { response, sinceMs: Date.now() });
  }

  end(request: IncomingMessage): void {
    this.arriving.delete(request);
  }

  /** Watches a request that somebody else reads. */
  watch(request: IncomingMessage, response: ServerResponse): void {
    if (isStreamed(request)) return limitSilence(request, response, this.limitMs);
    this.begin(request, response);
    for (const event of ['end', 'close']) request.once(event, () => this.end(request));
  }

  private endLate(deadlineMs: number): void {
    for (const [request, { response, sinceMs }] of this.arriving) {
      if (sinceMs > deadlineMs) return;
      this.end(request);
      // One without a body that anybody reads never says that it ended.
      if (!request.complete) answerLate(request, response);
    }
  }
}

function answerLate(request: IncomingMessage, response: ServerResponse): void {
  if (response.headersSent) return void request.destroy();
  response.writeHead(408, { Connection: 'close' }).end(() => request.destroy());
}

function limitSilence(request: IncomingMessage, response: ServerResponse, limitMs: number): void {
  const { socket } = request;
  request.setTimeout(limitMs, () => request.destroy());
  response.once('close', () => socket.setTimeout(0));
}
