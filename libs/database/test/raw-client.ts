import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { BSON, type Document } from 'bson';
import { MessageAssembler } from '../src/embedded/message-assembler.js';
import { HEADER_BYTES, opMsg } from '../src/embedded/wire-message.js';

/** A client that sends what it is told, sound or not, over a unix socket. */
export class RawClient {
  private constructor(private readonly socket: Socket) {}

  static async connect(path: string): Promise<RawClient> {
    const socket = createConnection(path).on('error', () => undefined);
    await once(socket, 'connect');
    return new RawClient(socket);
  }

  /** Sends a command and reads the document of the answer. */
  async run(command: Document): Promise<Document> {
    const answer = await this.exchange(opMsg(BSON.serialize({ ...command, $db: 'admin' }), { request: 7 }));
    return BSON.deserialize(answer.subarray(HEADER_BYTES + 5));
  }

  /** Sends bytes and reads one whole message. */
  async exchange(bytes: Uint8Array): Promise<Buffer> {
    const assembler = new MessageAssembler();
    return new Promise((resolve, reject) => {
      this.socket.once('close', () => reject(new Error('connection closed')));
      this.socket.on('data', (chunk: Buffer) => assembler.push(chunk).forEach(resolve));
      this.socket.write(bytes);
    });
  }

  /** Sends bytes and waits for the other side to hang up; answers with what it said before. */
  async sendUntilClosed(bytes: Uint8Array): Promise<string> {
    let said = '';
    this.socket.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const closed = once(this.socket, 'close');
    this.socket.write(bytes);
    await closed;
    return said;
  }

  close(): void {
    this.socket.destroy();
  }
}
