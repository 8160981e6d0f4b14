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
  /** What stands behind a body in chunks. */
  readonly trailers?: Readonly<Record<string, string>>;
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

  /** Waits for a number of answers and takes them; gives up after so many looks. */
  async answers(count: number, looks = 2000): Promise<RawAnswer[]> {
    const taken: RawAnswer[] = [];
    for (let tries = 0; taken.length < count && tries < looks; tries++) {
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
    const headers = headersIn(lines);
    const isChunked = headers['transfer-encoding'] === 'chunked';
    const body = (isChunked ? chunkedBody : plainBody)(this.received, end + 4, headers);
    if (!body) return undefined;
    const { to, ...told } = body;
    this.received = this.received.subarray(to);
    return { status: Number(first!.split(' ')[1]), headers, ...told };
  }
}

type Body = Pick<RawAnswer, 'body' | 'trailers'> & { readonly to: number };

function plainBody(bytes: Buffer, from: number, headers: RawAnswer['headers']): Body | undefined {
  const to = from + Number(headers['content-length'] ?? 0);
  return bytes.length < to ? undefined : { body: bytes.toString('utf8', from, to), to };
}

function chunkedBody(bytes: Buffer, from: number): Body | undefined {
  const chunks: Buffer[] = [];
  for (let at = from; ;) {
    const start = bytes.indexOf('\r\n', at) + 2;
    const size = Number.parseInt(bytes.toString('latin1', at, start), 16);
    if (Number.isNaN(size)) return undefined;
    if (size === 0) return endOfChunks(bytes, start, Buffer.concat(chunks));
    at = start + size + 2;
    if (at > bytes.length) return undefined;
    chunks.push(bytes.subarray(start, start + size));
  }
}

function endOfChunks(bytes: Buffer, from: number, body: Buffer): Body | undefined {
  const end = bytes.indexOf('\r\n\r\n', from - 2);
  if (end < 0) return undefined;
  const lines = bytes.toString('latin1', from, Math.max(from, end)).split('\r\n');
  return { body: body.toString(), trailers: headersIn(lines.filter((line) => line !== '')), to: end + 4 };
}

function headersIn(lines: readonly string[]): Record<string, string> {
  const pairs = lines.map((line) => line.split(/: ?(.*)/s)).map(([name, value]) => [name!.toLowerCase(), value!]);
  return Object.fromEntries(pairs) as Record<string, string>;
}
