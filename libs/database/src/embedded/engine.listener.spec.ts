import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BSON } from 'bson';
import mongoose from 'mongoose';
import { RawClient } from '../../test/raw-client.js';
import { TemporaryEngine, until } from '../../test/temporary-engine.js';

describe('the listener in front of the engine', () => {
  let engine: TemporaryEngine;
  let pid: number | undefined;

  beforeAll(async () => {
    engine = await TemporaryEngine.start({ ttlSweepMs: 200 });
    pid = engine.database.pid();
  });
  afterAll(() => engine.remove());

  const connect = () => RawClient.connect(engine.database.socketPath);

  async function isHealthy(): Promise<boolean> {
    const client = await connect();
    const answer = await client.run({ ping: 1 });
    client.close();
    return answer.ok === 1 && engine.database.pid() === pid;
  }

  it.each([
    { endSessions: [] },
    { startSession: 1 },
    { refreshSessions: [] },
    { killSessions: [] },
    { killAllSessions: [] },
    { killAllSessionsByPattern: [] },
    { ping: 1, lsid: { id: 'none' }, txnNumber: 'none' },
  ])('survives %j', async (command) => {
    const client = await connect();
    expect(await client.run(command)).toMatchObject({ ok: 1 });
    client.close();
    expect(await isHealthy()).toBe(true);
  });

  it('offers sessions in its hello', async () => {
    const client = await connect();
    expect(await client.run({ hello: 1 })).toMatchObject({ isWritablePrimary: true, logicalSessionTimeoutMinutes: 30 });
    client.close();
  });

  it('answers the hello of older drivers', async () => {
    const head = Buffer.alloc(16);
    const query = [Buffer.alloc(4), Buffer.from('admin.$cmd\0'), Buffer.from([0, 0, 0, 0, 255, 255, 255, 255])];
    const bytes = Buffer.concat([head, ...query, BSON.serialize({ isMaster: 1 })]);
    bytes.writeInt32LE(bytes.length, 0);
    bytes.writeInt32LE(9, 4);
    bytes.writeInt32LE(2004, 12);
    const client = await connect();
    const answer = await client.exchange(bytes);
    client.close();
    expect([answer.readInt32LE(8), answer.readInt32LE(12)]).toEqual([9, 1]);
    expect(BSON.deserialize(answer.subarray(36))).toMatchObject({ ismaster: true, logicalSessionTimeoutMinutes: 30 });
  });

  it.each([
    ['an HTTP request', Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')],
    ['bytes of noise', Buffer.from(Array.from({ length: 300 }, (_, i) => (i * 73) % 251))],
    ['an unknown operation', Buffer.from([16, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 99, 0, 0, 0])],
    ['a message without a command', Buffer.from([20, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0xdd, 7, 0, 0, 0, 0, 0, 0])],
    ['a header alone', Buffer.from([16, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0xdd, 7, 0, 0])],
  ])('hangs up on %s and serves the others', async (_, bytes) => {
    const client = await connect();
    expect(await client.sendUntilClosed(bytes)).toBe('');
    expect(await isHealthy()).toBe(true);
  });

  it('is in a directory that only this user enters', async () => {
    expect((await stat(dirname(engine.database.socketPath))).mode & 0o777).toBe(0o700);
  });

  it('has sessions, and refuses transactions with a reason', async () => {
    const connection = await mongoose.createConnection(engine.database.uri).asPromise();
    const session = await connection.startSession();
    const documents = connection.collection<{ _id: number }>('sessions');
    await documents.insertOne({ _id: 1 }, { session });
    const inTransaction = session.withTransaction(() => documents.insertOne({ _id: 2 }, { session }));
    await expect(inTransaction).rejects.toMatchObject({ code: 263 });
    expect(await documents.countDocuments()).toBe(1);
    await session.endSession();
    await connection.close();
    expect(await isHealthy()).toBe(true);
  });

  it('deletes what has expired, and nothing else', async () => {
    const connection = await mongoose.createConnection(engine.database.uri).asPromise();
    const documents = connection.collection<{ _id: number; at?: Date; kind: string }>('expiring');
    const partialFilterExpression = { kind: 'event' };
    await documents.createIndex({ at: 1 }, { expireAfterSeconds: 60, partialFilterExpression });
    const old = new Date(Date.now() - 61_000);
    await documents.insertMany([
      { _id: 1, at: old, kind: 'event' },
      { _id: 2, at: new Date(), kind: 'event' },
      { _id: 3, at: old, kind: 'other' },
      { _id: 4, kind: 'event' },
    ]);
    await until(async () => (await documents.countDocuments()) < 4);
    expect((await documents.find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id)).toEqual([2, 3, 4]);
    await connection.close();
  });
});
