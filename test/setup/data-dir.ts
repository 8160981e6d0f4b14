import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An empty folder for the data of a service. */
export function emptyDataDir(): string {
  return mkdtempSync(join(tmpdir(), 'scorekeeper-'));
}

/** Removes a data folder, also while a database that was killed is still letting go of it. */
export function removeDataDir(dataDir: string): void {
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 20 });
}
