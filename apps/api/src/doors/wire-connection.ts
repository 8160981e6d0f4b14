import type { Socket } from 'node:net';
import type { DoorAnswer, FoundDoor } from './door.js';
import { joined } from './joined.js';
import { LaneCall } from './lane-call.js';
import type { PlainHead } from './plain-head.js';

const END_OF_HEAD = '\r\n\r\n';
// node:http takes no larger ones.
const MOST_HEAD_BYTES = 16 * 1024;
const CUT_OFF = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n';

/** A plain request's head, and the door for it: the same for all requests with the same head. */
export interface FoundPlain extends FoundDoor {
  readonly head: PlainHead;
}

/** A request whose head has come, and where its body lies in the bytes that are held. */
interface Begun {
  readonly found: FoundPlain;
  readonly from: number;
  readonly to: number;
}

/** What a connection asks of whom it belongs to. */
export interface ConnectionOwner {
  /** The door for a request with this head, given without its empty line; undefined where it is for none. */
  find(head: string): FoundPlain | undefined;
  answer(found: FoundPlain, call: LaneCall): Promise<DoorAnswer>;
  /** Writes an answer; false where the client is slow to take it. */
  write(socket: Socket, answer: DoorAnswer, requestId: string): boolean;
  /** Writes what of a long answer is made while it is taken; false where the connection broke meanwhile or had to, or the client is slow to take it. */
  writeRest(socket: Socket, answer: DoorAnswer, call: LaneCall): Promise<boolean>;
  /** True where every answer is the last of its connection. */
  readonly isClosing: boolean;
  /** Takes a connection that has asked for something else, with all that it has not been answered. */
  leave(connection: WireConnection, socket: Socket): void;
  forget(connection: WireConnection): void;
}

/**
 * A connection whose requests are read off the wire and answered one after the other, as long as they are plain requests
 * to doors. With the first other one it leaves the lane for good: node:http gets it as if it had just been opened.
 */
export class WireConnection {
  // Put together only when they are whole: a body may come in many small pieces.
  private held: Buffer[] = [];
  private heldBytes = 0;
  private begun: Begun | undefined;
  private isAnswering = false;
  private isOver = false;
  private hasEnded = false;
  /** Since when it has been idle or receiving, in ms since 1970. */
  sinceMs = Date.now();

  constructor(
    private readonly socket: Socket,
    private readonly owner: ConnectionOwner,
  ) {
    socket.on('data', this.onData).on('end', this.onEnd).on('close', this.onClose).on('error', ignore);
  }

  /** What it waits for: the next request, the rest of one, its answer and the client that takes it, or nothing any more. */
  get state(): 'idle' | 'receiving' | 'answering' | 'over' {
    if (this.isOver) return 'over';
    if (this.isAnswering) return 'answering';
    return this.heldBytes === 0 ? 'idle' : 'receiving';
  }

  /** Ends it when all is written, with a last word where there is one; what comes now is not read any more, as nobody would hear the answer. */
  end(text?: string): void {
    this.isOver = true;
    if (text !== undefined) this.socket.write(text);
    this.socket.destroySoon();
  }

  private readonly onData = (chunk: Buffer): void => {
    if (this.isOver) return;
    if (this.heldBytes === 0) this.sinceMs = Date.now();
    if (this.isAnswering) return this.holdBack(chunk);
    this.hold(chunk);
    this.read();
  };

  // What a client sends before it has its answer waits, at first here and then on its way.
  private holdBack(chunk: Buffer): void {
    this.hold(chunk);
    this.socket.pause();
  }

  private hold(chunk: Buffer): void {
    this.held.push(chunk);
    this.heldBytes += chunk.length;
  }

  private takeHeld(): Buffer {
    const bytes = joined(this.held);
    this.held = [];
    this.heldBytes = 0;
    return bytes;
  }

  private read(): void {
    this.begun ??= this.begin(this.held[0]!);
    if (!this.begun) this.leave();
    else if (this.heldBytes >= this.begun.to) void this.serve(this.begun, this.takeHeld());
  }

  // A head in pieces is rare enough for node:http.
  private begin(held: Buffer): Begun | undefined {
    const end = held.indexOf(END_OF_HEAD);
    if (end < 0 || end > MOST_HEAD_BYTES) return undefined;
    const found = this.owner.find(held.toString('latin1', 0, end));
    const from = end + END_OF_HEAD.length;
    return found && { found, from, to: from + found.head.bodyBytes };
  }

  private async serve(begun: Begun, bytes: Buffer): Promise<void> {
    const { found, from, to } = begun;
    this.begun = undefined;
    this.isAnswering = true;
    if (bytes.length > to) this.holdBack(bytes.subarray(to));
    const call = new LaneCall(found.head, found.params, bytes.subarray(from, to), this.socket);
    const answer = await this.owner.answer(found, call);
    let isTaken = this.owner.write(this.socket, answer, call.requestId);
    if (answer.rest) isTaken = await this.owner.writeRest(this.socket, answer, call);
    call.release();
    this.goOnWhenTaken(isTaken);
  }

  private goOnWhenTaken(isTaken: boolean): void {
    if (this.owner.isClosing) this.end();
    else if (isTaken) this.goOn();
    else this.socket.once('drain', () => this.goOn());
  }

  private goOn(): void {
    this.isAnswering = false;
    this.sinceMs = Date.now();
    if (this.heldBytes > 0) this.read();
    if (this.isAnswering || this.isOver) return;
    if (this.hasEnded) this.onEnd();
    else this.socket.resume();
  }

  private leave(): void {
    const { socket } = this;
    // A stream that has ended takes nothing back, so node:http cannot have it.
    if (this.hasEnded) return this.end(CUT_OFF);
    this.isOver = true;
    socket.off('data', this.onData).off('end', this.onEnd).off('close', this.onClose).off('error', ignore);
    socket.pause();
    socket.unshift(this.takeHeld());
    this.owner.leave(this, socket);
    socket.resume();
  }

  private readonly onEnd = (): void => {
    this.hasEnded = true;
    if (!this.isAnswering) this.end(this.heldBytes > 0 ? CUT_OFF : undefined);
  };

  private readonly onClose = (): void => this.owner.forget(this);
}

// A connection that breaks is closed next: that is where it is heard of.
function ignore(): void {}
