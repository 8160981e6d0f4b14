import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import mongoose, { type Connection } from 'mongoose';
import { builtFile } from '@app/platform';
import { isAlive, temporaryDir, TemporaryEngine, until } from '../../test/temporary-engine.js';
import { withRetry } from '../with-retry.js';
import { startEmbedded } from './embedded.database.js';

const SERVER = fileURLToPath(new URL('../../test/server-to-kill.mjs', import.meta.url));

async function connectTo(uri: string): Promise<Connection> {
  return mongoose.createConnection(uri, { serverSelectionTimeoutMS: 5_000 }).asPromise();
}

async function idsIn(uri: string): Promise<unknown[]> {
  const connection = await connectTo(uri);
  const documents = await connection.collection('kept').find().sort({ _id: 1 }).toArray();
  await connection.close();
  return documents.map(({ _id }) => _id);
}

async function keep(uri: string, _id: number): Promise<void> {
  const connection = await connectTo(uri);
  await connection.collection<{ _id: number }>('kept').insertOne({ _id });
  await connection.close();
}

describe('the embedded database', () => {
  const removals: (() => Promise<void>)[] = [];

  async function start(...options: Parameters<typeof TemporaryEngine.start>): Promise<TemporaryEngine> {
    const engine = await TemporaryEngine.start(...options);
    removals.push(() => engine.remove());
    return engine;
  }

  afterEach(async () => {
    for (const remove of removals.splice(0)) await remove();
  });

  it('comes back when its process is killed, with every answered write, and says so once', async () => {
    const { database, lines } = await start();
    const connection = await connectTo(database.uri);
    const documents = connection.collection<{ _id: number }>('kept');
    for (let _id = 0; _id < 20; _id++) await documents.insertOne({ _id });
    const killed = database.pid()!;
    process.kill(killed, 'SIGKILL');
    await until(() => !isAlive(killed));
    expect(await withRetry(() => documents.countDocuments())).toBe(20);
    expect(database.pid()).not.toBe(killed);
    expect(lines).toEqual([expect.stringMatching(/ended \(SIGKILL\).*starting it again/)]);
    await connection.close();
  });

  it('leaves no process and no socket when it is stopped, and keeps its data', async () => {
    const { database, options } = await start();
    await keep(database.uri, 1);
    const pid = database.pid()!;
    await database.stop();
    expect([isAlive(pid), existsSync(database.socketPath)]).toEqual([false, false]);
    const again = await start(options);
    expect(await idsIn(again.database.uri)).toEqual([1]);
  });

  it('can be stopped while it is coming back', async () => {
    const { database, lines } = await start();
    process.kill(database.pid()!, 'SIGKILL');
    await until(() => lines.length > 0);
    await database.stop();
    expect(isAlive(database.pid()!)).toBe(false);
  });

  it('ends with a server that is killed, and the next server starts at once', async () => {
    const dataDir = await temporaryDir();
    removals.push(() => rm(dataDir, { recursive: true, force: true }));
    const first = await TemporaryEngine.start({ dataDir });
    await first.database.stop();
    const options = JSON.stringify({ ...first.options, ttlSweepMs: 5_000 });
    const server = spawn(process.execPath, [SERVER, builtFile(import.meta.url, './embedded.database.js'), options]);
    const [line] = (await once(server.stdout, 'data')) as [Buffer];
    const { pid, uri } = JSON.parse(line.toString()) as { pid: number; uri: string };
    await keep(uri, 5);
    server.kill('SIGKILL');
    const next = await start({ dataDir });
    expect(await idsIn(next.database.uri)).toEqual([5]);
    // Its lock was free, so it is closed; the process itself may take a moment more.
    await until(() => !isAlive(pid));
  });

  it('names DATA_DIR when another server uses it, and leaves that one alone', async () => {
    const { database, options } = await start();
    const second = startEmbedded({ ...options, lockPatienceMs: 300 });
    await expect(second).rejects.toThrow(/^DATA_DIR .* is in use by another server: .*$/);
    await keep(database.uri, 1);
    expect(await idsIn(database.uri)).toEqual([1]);
  });

  it('waits for a server before it that is just letting go', async () => {
    const { database, options } = await start();
    const next = start(options);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await database.stop();
    expect(await idsIn((await next).database.uri)).toEqual([]);
  });

  it('says in one line why it cannot start', async () => {
    const dataDir = await temporaryDir();
    removals.push(() => rm(dataDir, { recursive: true, force: true }));
    const broken = startEmbedded({ dataDir, nativeFile: join(dataDir, 'missing.node'), log: () => undefined });
    await expect(broken).rejects.toThrow(/^The embedded database did not start on DATA_DIR .*MONGODB_URI\)$/);
  });

  it('listens elsewhere when the data directory has too long a path for a socket', async () => {
    const parent = await temporaryDir();
    removals.push(() => rm(parent, { recursive: true, force: true }));
    const dataDir = join(parent, 'long'.repeat(30));
    const { database } = await start({ dataDir });
    expect(database.socketPath.startsWith(join(tmpdir(), 'scorekeeper-'))).toBe(true);
    await keep(database.uri, 1);
    await database.stop();
    expect(existsSync(join(database.socketPath, '..'))).toBe(false);
  });
});
