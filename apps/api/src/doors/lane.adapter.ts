import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { FastLane } from './fast-lane.js';

// A client may be about to send on a connection that looks idle; closing it under its request would be a reset.
const IDLE_GRACE_MS = 300;
const CLOSE_IDLE_EVERY_MS = 50;

/** Express with the fast lane in front of it, and a stop that no accepted request notices. */
export class LaneAdapter extends ExpressAdapter {
  private isClosing = false;

  /** Puts a lane in front of everything else. */
  open(lane: FastLane): void {
    const server = this.getHttpServer() as Server;
    const [others] = server.listeners('request') as [RequestListener];
    const listener = lane.before(others);
    server.removeListener('request', others);
    server.on('request', (request, response) => {
      // The answer then says "Connection: close", and the client comes back on a new connection, elsewhere.
      if (this.isClosing) response.shouldKeepAlive = false;
      listener(request, response);
    });
  }

  override async close(): Promise<void> {
    this.isClosing = true;
    const server = this.getHttpServer() as Server;
    if (!server.listening) return;
    const closed = once(server, 'close');
    // Not the HTTP server's own close: that would destroy connections that are idle at this moment.
    NetServer.prototype.close.call(server);
    const closing = closeIdleAfterGrace(server);
    await closed;
    clearInterval(closing);
  }
}

function closeIdleAfterGrace(server: Server): NodeJS.Timeout {
  const startedMs = performance.now();
  return setInterval(() => {
    if (performance.now() - startedMs > IDLE_GRACE_MS) server.closeIdleConnections();
  }, CLOSE_IDLE_EVERY_MS);
}
