import net, { type Socket } from 'node:net';
import { jest } from '@jest/globals';
import { type MongoClient, MongoNetworkError } from 'mongodb';
import { TemporaryEngine } from '../test/temporary-engine.js';
import { withRetry } from './with-retry.js';
import { openClient } from './driver.js';

describe('a client of the database', () => {
  const sockets: Socket[] = [];
  let engine: TemporaryEngine;
  let client: MongoClient;

  beforeEach(async () => {
    const { createConnection } = net;
    jest.spyOn(net, 'createConnection').mockImplementation(((options: net.NetConnectOpts) => {
      const socket = createConnection(options);
      sockets.push(socket);
      return socket;
    }) as typeof createConnection);
    engine = await TemporaryEngine.start();
    client = openClient(engine.database.uri, { serverSelectionTimeoutMS: 5_000, maxPoolSize: 1 });
    await client.db().command({ ping: 1 });
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await engine.remove();
    await client.close();
  });

  it('fails a command whose socket was closed a moment before, and connects again', async () => {
    // Without an error, and not told yet: as after the other end has hung up.
    for (const socket of sockets) socket.destroy();
    await expect(client.db().command({ ping: 1 })).rejects.toThrow(MongoNetworkError);
    expect(await withRetry(() => client.db().command({ ping: 1 }))).toMatchObject({ ok: 1 });
  });
});
