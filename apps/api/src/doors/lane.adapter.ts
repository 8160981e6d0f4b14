import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { FastLane } from './fast-lane.js';
import type { WireLane } from './wire.lane.js';

// A client may be about to send on a connection that looks idle; closing it under its request would be a reset.
const IDLE_GRACE_MS = 300;
const CLOSE_IDLE_EVERY_MS = 50;

/** Express with the lanes in front of it, and a stop that no accepted request notices. */
export class LaneAdapter extends ExpressAdapter {
  private isClosing = false;
  private wire: WireLane | undefined;

  /** Puts lanes in front of everything else: `wire` before node:http, `lane` behind it. */
  open(lane: FastLane, wire: WireLane | undefined): void {
    this.wire = wire;
    wire?.open(this.getHttpServer() as Server);
    this.openBehindHttp(lane);
  }

  private openBehindHttp(lane: FastLane): void {
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
    if (this.wire) this.wire.isClosing = true;
    const server = this.getHttpServer() as Server;
    if (!server.listening) return;
    const closed = once(server, 'close');
    // Not the HTTP server's own close: that would destroy connections that are idle at this moment.
    NetServer.prototype.close.call(server);
    const closing = afterGrace(() => {
      server.closeIdleConnections();
      this.wire?.closeIdle();
    });
    await closed;
    clearInterval(closing);
  }
}

function afterGrace(closeIdle: () => void): NodeJS.Timeout {
  const startedMs = performance.now();
  return setInterval(() => {
    if (performance.now() - startedMs > IDLE_GRACE_MS) closeIdle();
  }, CLOSE_IDLE_EVERY_MS);
}
