import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Metrics, Workers } from '@app/platform';
import { RawConnection } from '../../../../test/setup/raw-http.js';
import { ArrivalLimit } from '../http/arrival-limit.js';
import type { ProblemAnswers } from '../http/problem.answers.js';
import type { Door, DoorAnswer, DoorCall } from './door.js';
import { DoorKeeper } from './door.keeper.js';
import { FastLane } from './fast-lane.js';
import { WireLane } from './wire.lane.js';

const PIECE = 'é'.repeat(50_000);

/** Answers with as many pieces as the body says, or breaks off behind so many. */
class LongDoor implements Door {
  made = 0;

  match(): DoorCall['params'] {
    return {};
  }

  async answer({ body }: DoorCall): Promise<DoorAnswer> {
    const [pieces, end] = body.toString().split(' ');
    const rest = this.pieces(Number(pieces), end === 'broken');
    return { status: 200, headers: {}, body: 'first', rest, trailers: () => ({ 'X-Made': String(this.made) }) };
  }

  private async *pieces(count: number, isBroken: boolean): AsyncGenerator<string> {
    for (this.made = 0; this.made < count; this.made++) yield PIECE;
    if (isBroken) throw new Error('no more');
  }
}

describe.each(['the wire lane', 'the fast lane'])('an answer of %s that is made while it is taken', (carrier) => {
  let server: Server;
  let door: LongDoor;
  let url: string;
  let brokenOff: unknown[];
  beforeEach(async () => {
    door = new LongDoor();
    brokenOff = [];
    // Else an idle connection would end all the same.
    server = createServer({ keepAliveTimeout: 60_000 });
    open(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => server.close());

  const open = (on: Server): void => {
    const options = { maxBodyBytes: 1000, requestTimeoutMs: 1000, headers: {} };
    const problems = { brokenOff: (error: unknown) => brokenOff.push(error) } as unknown as ProblemAnswers;
    const keeper = new DoorKeeper(new Metrics(new Workers()), problems);
    if (carrier === 'the wire lane') new WireLane([door], keeper, options).open(on);
    const lane = new FastLane([door], keeper, new ArrivalLimit(on, 1000), options);
    on.on(
      'request',
      lane.before((_, response) => response.end()),
    );
  };
  let listenersBefore: number[];
  const listenersOf = (socket: Socket): number[] =>
    ['close', 'drain', 'end', 'error', 'finish'].map((event) => socket.listenerCount(event));
  const asked = (body: string): string =>
    `POST /long HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const until = async (isTrue: () => boolean): Promise<void> => {
    while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  it('is whole, ends with its trailers, and is followed by the next one', async () => {
    const connection = await RawConnection.open(url);
    await connection.send(asked('3') + asked('0'));
    const [long, short] = await connection.answers(2);
    expect([long!.body, long!.trailers]).toEqual([`first${PIECE.repeat(3)}`, { 'x-made': '3' }]);
    expect([short!.body, short!.trailers]).toEqual(['first', { 'x-made': '0' }]);
    connection.destroy();
  });

  it('leaves nothing behind on a connection that goes on', async () => {
    const sockets: Socket[] = [];
    server.on('connection', (socket: Socket) => sockets.push(socket));
    const connection = await RawConnection.open(url);
    for (let answers = 1; answers <= 12; answers++) {
      await connection.send(asked('3'));
      await connection.answers(1);
      if (answers === 1) listenersBefore = listenersOf(sockets[0]!);
    }
    expect(listenersOf(sockets[0]!)).toEqual(listenersBefore);
    connection.destroy();
  });

  it('ends its connection where it breaks off, and is noted', async () => {
    const connection = await RawConnection.open(url);
    await connection.send(asked('2 broken') + asked('1'));
    await connection.whenEnded();
    expect(await connection.answers(1, 1)).toEqual([]);
    expect(brokenOff).toEqual([new Error('no more')]);
    connection.destroy();
  });

  it('is made no faster than it is taken, and no further once its caller has gone', async () => {
    const connection = await RawConnection.open(url, { isReading: false });
    await connection.send(asked('100000'));
    await until(() => door.made > 1);
    for (let before = -1; before !== door.made; await new Promise((resolve) => setTimeout(resolve, 100)))
      before = door.made;
    expect(door.made).toBeLessThan(1000);
    connection.destroy();
    const made = door.made;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(door.made).toBeLessThan(made + 5);
    expect(brokenOff).toEqual([]);
  });
});
