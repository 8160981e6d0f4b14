import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy that gives each request to the next replica, and to the one after it where a replica has gone away. */
export interface RoundRobin {
  readonly url: string;
  stop(): void;
}

/** Starts it in front of these addresses. */
export async function startRoundRobin(targets: readonly string[]): Promise<RoundRobin> {
  let turn = 0;
  const server = createServer((incoming, outgoing) => {
    void bodyOf(incoming).then(async (body) => {
      const first = turn++;
      for (const i of targets.keys()) {
        const answer = await forward(targets[(first + i) % targets.length]!, incoming, body);
        if (answer) return outgoing.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.text);
      }
      return outgoing.writeHead(502).end('no replica answers');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => stop(server) };
}

function stop(server: Server): void {
  server.close();
  server.closeAllConnections();
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

function forward(target: string, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    const outgoing = request(`${target}${url}`, { method: method!, headers, agent: false }, (answer) => {
      bodyOf(answer).then(
        (bytes) => resolve({ status: answer.statusCode!, text: bytes.toString() }),
        () => resolve(undefined),
      );
    });
    outgoing.on('error', () => resolve(undefined));
    outgoing.end(body);
  });
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
