import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { headerText } from './answer-frame.js';
import { type Door, type DoorAnswer, findDoor, type LaneOptions } from './door.js';
import type { DoorKeeper } from './door.keeper.js';
import { writeAnswer, writeRest } from './wire-answer.js';
import type { LaneCall } from './lane-call.js';
import { type FoundPlain, type ConnectionOwner, WireConnection } from './wire-connection.js';
import { readPlainHead } from './plain-head.js';
import { remembered } from './remembered.js';

const LOOK_EVERY_MS = 500;
// A request may be on its way when the time is over that a client has been told: node:http waits as long.
const GRACE_MS = 1_000;
const TOO_LATE = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n';

/**
 * Serves plain requests to the doors straight from their connections: what node:http makes of a request and its answer
 * takes longer than the prediction (docs/decisions/0010). A connection that sends anything else goes to node:http.
 */
export class WireLane implements ConnectionOwner {
  private readonly connections = new Set<WireConnection>();
  private readonly fixedHeaders: string;
  private server: Server;
  private accept: (socket: Socket) => void;
  isClosing = false;

  constructor(
    private readonly doors: readonly Door[],
    private readonly keeper: DoorKeeper,
    private readonly options: LaneOptions,
  ) {
    const lines = Object.entries(options.headers).map(([name, value]) => headerText(name, value));
    this.fixedHeaders = lines.join('');
  }

  /** Puts the lane in front of a server. */
  open(server: Server): void {
    const [accept] = server.listeners('connection') as [(socket: Socket) => void];
    this.server = server;
    this.accept = accept.bind(server);
    server.removeListener('connection', accept);
    server.on('connection', (socket: Socket) => this.connections.add(new WireConnection(socket, this)));
    const timer = setInterval(() => this.endLate(Date.now()), LOOK_EVERY_MS).unref();
    server.once('close', () => clearInterval(timer));
  }

  // A client's heads are all alike, but for the length of the body: reading one takes as long as reading the row in the body.
  readonly find = remembered((text) => this.findPlain(text));

  answer({ door }: FoundPlain, call: LaneCall): Promise<DoorAnswer> {
    return this.keeper.answer(door, call);
  }

  write(socket: Socket, answer: DoorAnswer, requestId: string): boolean {
    const keepAliveSeconds = this.isClosing ? undefined : Math.floor(this.server.keepAliveTimeout / 1000);
    return writeAnswer(socket, answer, { fixedHeaders: this.fixedHeaders, requestId, keepAliveSeconds });
  }

  async writeRest(socket: Socket, answer: DoorAnswer, call: LaneCall): Promise<boolean> {
    await writeRest(socket, answer).catch((error: unknown) => {
      this.keeper.brokenOff(error, call);
      socket.destroy();
    });
    return !socket.destroyed && !socket.writableNeedDrain;
  }

  leave(connection: WireConnection, socket: Socket): void {
    this.forget(connection);
    this.accept(socket);
  }

  forget(connection: WireConnection): void {
    this.connections.delete(connection);
  }

  /** Ends the connections on which nobody waits for anything. */
  closeIdle(): void {
    for (const connection of this.connections) if (connection.state === 'idle') connection.end();
  }

  private findPlain(text: string): FoundPlain | undefined {
    const head = readPlainHead(text);
    if (!head || head.bodyBytes > this.options.maxBodyBytes) return undefined;
    const found = findDoor(this.doors, head);
    return found && { door: found.door, params: found.params, head };
  }

  private endLate(nowMs: number): void {
    for (const connection of this.connections) {
      const tookMs = nowMs - connection.sinceMs;
      if (connection.state === 'idle' && tookMs > this.server.keepAliveTimeout + GRACE_MS) connection.end();
      if (connection.state === 'receiving' && tookMs > this.options.requestTimeoutMs) connection.end(TOO_LATE);
    }
  }
}
