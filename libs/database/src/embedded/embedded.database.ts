import { join } from 'node:path';
import { unixSocketUri } from '../database-uri.js';
import type { Database } from '../database.js';
import { LOCKED, type EngineSettings } from './engine-settings.js';
import { EngineSupervisor } from './engine.supervisor.js';
import { engineSocketPath } from './socket-path.js';

/** How the embedded engine runs; the times are for tests. */
export interface EmbeddedOptions {
  readonly dataDir: string;
  readonly nativeFile?: string;
  readonly log: (line: string) => void;
  readonly ttlSweepMs?: number;
  readonly lockPatienceMs?: number;
}

/** A database in a process of ours, and that process. */
export interface EmbeddedDatabase extends Database {
  readonly socketPath: string;
  readonly pid: () => number | undefined;
}

/** Starts MongoDB's engine on `<dataDir>/db` in a supervised process. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const settings = settingsOf(options);
  const logFile = join(options.dataDir, 'engine.log');
  const supervisor = new EngineSupervisor({ settings, logFile, log: options.log });
  await supervisor.start().catch((cause: Error) => {
    throw new Error(whyNot(cause.message, options.dataDir, logFile), { cause });
  });
  return {
    uri: unixSocketUri(settings.socketPath),
    description: `embedded MongoDB engine, data in ${settings.dbDir}`,
    socketPath: settings.socketPath,
    pid: () => supervisor.pid,
    stop: () => supervisor.stop(),
  };
}

function settingsOf({ dataDir, nativeFile, ttlSweepMs, lockPatienceMs }: EmbeddedOptions): EngineSettings {
  return {
    dbDir: join(dataDir, 'db'),
    socketPath: engineSocketPath(dataDir),
    nativeFile,
    ttlSweepMs: ttlSweepMs ?? 5_000,
    lockPatienceMs: lockPatienceMs ?? 10_000,
  };
}

function whyNot(reason: string, dataDir: string, logFile: string): string {
  if (reason.includes(LOCKED)) {
    return `DATA_DIR ${dataDir} is in use by another server: stop that one, or set another DATA_DIR`;
  }
  const first = reason.split('\n')[0];
  return `The embedded database did not start on DATA_DIR ${dataDir}: ${first} (see ${logFile}, or set MONGODB_URI)`;
}
