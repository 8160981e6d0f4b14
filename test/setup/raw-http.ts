import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const MOST_SENT_BYTES = 256 * 1024 * 1024;

/** One answer off the wire. */
export interface RawAnswer {
  readonly status: number;
  /** By name, in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A connection whose bytes are written and read as they are. */
export class RawConnection {
  private received = Buffer.alloc(0);
  private readonly closed: Promise<unknown>;

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => (this.received = Buffer.concat([this.received, chunk])));
    socket.on('error', () => undefined);
    this.closed = once(socket, 'close').catch(() => undefined);
  }

  static async open(url: string, { isReading = true } = {}): Promise<RawConnection> {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), noDelay: true, allowHalfOpen: true });
    await once(socket, 'connect');
    const connection = new RawConnection(socket);
    if (!isReading) socket.pause();
    return connection;
  }

  /** Sends parts one after the other, each in a packet of its own. */
  async send(...parts: readonly (string | Buffer)[]): Promise<void> {
    for (const part of parts) {
      this.socket.write(part, 'latin1');
      if (parts.length > 1) await sleep(20);
    }
  }

  /** Sends the same again and again, until the other side takes no more for a while. */
  async sendUntilHeldUp(part: string): Promise<void> {
    const isTaken = (): Promise<boolean> =>
      Promise.race([once(this.socket, 'drain').then(() => true), sleep(500, false)]);
    const many = part.repeat(500);
    for (let sent = 0; sent < MOST_SENT_BYTES; sent += many.length)
      if (!this.socket.write(many) && !(await isTaken())) return;
    throw new Error(`${MOST_SENT_BYTES} bytes were taken`);
  }

  /** Resolves when the other side has ended it. */
  async whenEnded(): Promise<void> {
    if (!this.socket.readableEnded) await once(this.socket, 'end');
  }

  /** Waits for a number of answers and takes them. */
  async answers(count: number): Promise<RawAnswer[]> {
    const taken: RawAnswer[] = [];
    for (let tries = 0; taken.length < count && tries < 2000; tries++) {
      const answer = this.takeAnswer();
      if (answer) taken.push(answer);
      else await sleep(5);
    }
    return taken;
  }

  /** Says that nothing more will be sent, and gives every answer until the other side ends, too. */
  async last(): Promise<RawAnswer[]> {
    this.socket.end();
    await this.closed;
    const taken: RawAnswer[] = [];
    for (let answer; (answer = this.takeAnswer());) taken.push(answer);
    return taken;
  }

  destroy(): void {
    this.socket.destroy();
  }

  private takeAnswer(): RawAnswer | undefined {
    const end = this.received.indexOf('\r\n\r\n');
    if (end < 0) return undefined;
    const [first, ...lines] = this.received.toString('latin1', 0, end).split('\r\n');
    const pairs = lines.map((line) => line.split(/: ?(.*)/s)).map(([name, value]) => [name!.toLowerCase(), value!]);
    const headers = Object.fromEntries(pairs) as Record<string, string>;
    const to = end + 4 + Number(headers['content-length'] ?? 0);
    if (this.received.length < to) return undefined;
    const body = this.received.toString('utf8', end + 4, to);
    this.received = this.received.subarray(to);
    return { status: Number(first!.split(' ')[1]), headers, body };
  }
}
