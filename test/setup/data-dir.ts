import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An empty folder for the data of a service. */
export function emptyDataDir(): string {
  return mkdtempSync(join(tmpdir(), 'scorekeeper-'));
}
