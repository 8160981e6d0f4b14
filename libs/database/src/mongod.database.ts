import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { localPortUri } from './database-uri.js';
import type { Database } from './database.js';

const LAUNCH_TIMEOUT_MS = 60_000;

/** The path of a mongod that is already here: on PATH, else in mongodb-memory-server's cache. */
export async function findMongod(): Promise<string | undefined> {
  return (await mongodOnPath()) ?? (await mongodInCache());
}

/** Runs a mongod on `<dataDir>/mongod`; without a binary, mongodb-memory-server downloads one. */
export async function startMongod(dataDir: string, binary?: string): Promise<Database> {
  const dbPath = join(dataDir, 'mongod');
  await mkdir(dbPath, { recursive: true });
  const server = await launch(dbPath, binary);
  return {
    uri: localPortUri(server.instanceInfo!.port),
    description: `mongod${binary ? ` (${binary})` : ', downloaded'}, data in ${dbPath}`,
    stop: async () => void (await server.stop({ doCleanup: false })),
  };
}

async function launch(dbPath: string, systemBinary?: string) {
  const { MongoMemoryServer } = await import('mongodb-memory-server-core');
  return MongoMemoryServer.create({
    instance: { dbPath, ip: '127.0.0.1', storageEngine: 'wiredTiger', launchTimeout: LAUNCH_TIMEOUT_MS },
    binary: systemBinary ? { systemBinary } : {},
    // Ctrl-C in the terminal must not reach it before the server has flushed; the library's killer ends an orphan.
    spawn: { detached: true },
  });
}

async function mongodOnPath(): Promise<string | undefined> {
  const [shell, ...args] =
    process.platform === 'win32' ? ['where.exe', 'mongod'] : ['/bin/sh', '-c', 'command -v mongod'];
  const found = await promisify(execFile)(shell!, args).catch(() => undefined);
  return found?.stdout.split(/\r?\n/)[0] || undefined;
}

async function mongodInCache(): Promise<string | undefined> {
  // Not the whole library, which brings a driver of its own: every start waits for this look.
  const { DryMongoBinary } = await import('mongodb-memory-server-core/lib/util/DryMongoBinary.js');
  return DryMongoBinary.locateBinary(DryMongoBinary.getEnsuredOptions()).catch(() => undefined);
}
