import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { isStreamed } from './bodies.js';

const LOOK_EVERY_MS = 500;

interface Arriving {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly sinceMs: number;
}

/**
 * Ends requests that take longer than the limit to arrive, with a 408. Node's own requestTimeout knows no exception,
 * and a batch may take as long as it goes on: only its silence is limited.
 */
export function limitArrival(server: Server, limitMs: number): void {
  const arriving = new Set<Arriving>();
  server.requestTimeout = 0;
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    if (isStreamed(request)) return limitSilence(request, response, limitMs);
    const entry = { request, response, sinceMs: Date.now() };
    arriving.add(entry);
    for (const event of ['end', 'close']) request.once(event, () => arriving.delete(entry));
  });
  const timer = setInterval(() => endLate(arriving, Date.now() - limitMs), LOOK_EVERY_MS).unref();
  server.once('close', () => clearInterval(timer));
}

function endLate(arriving: Set<Arriving>, deadlineMs: number): void {
  for (const entry of arriving) {
    // The set is in the order of arrival.
    if (entry.sinceMs > deadlineMs) return;
    arriving.delete(entry);
    answerLate(entry);
  }
}

function answerLate({ request, response }: Arriving): void {
  if (response.headersSent) return void request.destroy();
  response.writeHead(408, { Connection: 'close' }).end(() => request.destroy());
}

function limitSilence(request: IncomingMessage, response: ServerResponse, limitMs: number): void {
  const { socket } = request;
  request.setTimeout(limitMs, () => request.destroy());
  response.once('close', () => socket.setTimeout(0));
}
