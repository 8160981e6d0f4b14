import { chmod, mkdir, rm, rmdir } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { answerMessage } from './answer-message.js';
import type { Engine } from './engine.js';
import { MessageAssembler } from './message-assembler.js';

/** MongoDB's wire protocol on a unix socket that only this user reaches, in front of an open engine. */
export class EngineListener {
  private readonly server = createServer((socket) => void this.serve(socket));
  private readonly sockets = new Set<Socket>();

  constructor(
    private readonly engine: Engine,
    private readonly socketPath: string,
  ) {}

  /** Call it with the engine's lock held: a socket that is still there is then nobody's. */
  async listen(): Promise<void> {
    await mkdir(dirname(this.socketPath), { recursive: true, mode: 0o700 });
    await chmod(dirname(this.socketPath), 0o700);
    await rm(this.socketPath, { force: true });
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject).listen(this.socketPath, resolve);
    });
  }

  /** Call it with the engine's lock still held: the next process makes its socket at the same place. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
    await rmdir(dirname(this.socketPath)).catch(() => undefined);
  }

  private async serve(socket: Socket): Promise<void> {
    this.sockets.add(socket.on('error', () => undefined));
    try {
      await this.answerAll(socket);
    } catch {
      // Not our protocol, or a client that left: this connection ends, the others go on.
    } finally {
      socket.destroy();
      this.sockets.delete(socket);
    }
  }

  /** One message after the other, as a connection of the protocol has it; the rest waits in the socket. */
  private async answerAll(socket: Socket): Promise<void> {
    const assembler = new MessageAssembler();
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      for (const message of assembler.push(chunk)) {
        const answer = await answerMessage(this.engine, message);
        if (answer) socket.write(answer);
      }
    }
  }
}
