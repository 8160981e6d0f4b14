import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { chooseDatabase, type Choice, type Surroundings } from './choose-database.js';
import { withDatabaseName, withoutPassword } from './database-uri.js';
import type { Database, DatabaseOptions } from './database.js';
import { startEmbedded } from './embedded/embedded.database.js';
import { findEngine } from './embedded/engine.files.js';
import { findMongod, startMongod } from './mongod.database.js';

/** The way to a database that was chosen, with nothing started yet. */
export interface FoundDatabase {
  /** Starts what has to be started; a process of our own is on its way when this returns, before its promise is kept. */
  start(): Promise<Database>;
}

/** Chooses the database of this server (docs/decisions/0002). */
export async function findDatabase(options: DatabaseOptions): Promise<FoundDatabase> {
  const absolute = { ...options, dataDir: resolve(options.dataDir) };
  const choice = chooseDatabase(await lookAround(absolute));
  return { start: () => startSaying(choice, absolute) };
}

/** Finds and starts the database of this server. */
export async function resolveDatabase(options: DatabaseOptions): Promise<Database> {
  return (await findDatabase(options)).start();
}

async function startSaying(choice: Choice, options: DatabaseOptions): Promise<Database> {
  const database = await start(choice, options);
  options.log(`database: ${database.description}`);
  return database;
}

async function lookAround({ uri, dataDir }: DatabaseOptions): Promise<Surroundings> {
  const notLookedFor = { usable: false, reason: 'not looked for' } as const;
  if (uri) return { uri, engine: notLookedFor };
  await mkdir(dataDir, { recursive: true });
  const mongod = await findMongod();
  return { mongod, engine: mongod ? notLookedFor : await findEngine(dataDir) };
}

function start(choice: Choice, options: DatabaseOptions): Promise<Database> {
  switch (choice.kind) {
    case 'given':
      return given(choice.uri);
    case 'mongod':
      return present(choice.binary, options);
    case 'embedded':
      return startEmbedded({ ...options, nativeFile: choice.nativeFile });
    case 'download':
      return download(choice.because, options);
  }
}

async function given(uri: string): Promise<Database> {
  if (!/^mongodb(\+srv)?:\/\/./.test(uri)) throw new Error('MONGODB_URI must start with mongodb:// or mongodb+srv://');
  const named = withDatabaseName(uri);
  return { uri: named, description: `MONGODB_URI, ${withoutPassword(named)}`, stop: async () => undefined };
}

async function present(binary: string, { dataDir }: DatabaseOptions): Promise<Database> {
  return startMongod(dataDir, binary).catch((cause: unknown) => {
    const advice = 'if another server uses this DATA_DIR, set another one; or set MONGODB_URI';
    throw new Error(`${binary} did not start on DATA_DIR ${dataDir}: ${oneLine(cause)}; ${advice}`, { cause });
  });
}

async function download(because: string, { dataDir, log }: DatabaseOptions): Promise<Database> {
  log(`database: no mongod here, no embedded engine (${because}): downloading a mongod with mongodb-memory-server`);
  return startMongod(dataDir).catch((cause: unknown) => {
    const reasons = `no mongod here; no embedded engine: ${because}; no download: ${oneLine(cause)}`;
    throw new Error(`No database: set MONGODB_URI (${reasons})`, { cause });
  });
}

function oneLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).replace(/\s+/g, ' ');
}
