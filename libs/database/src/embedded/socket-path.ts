import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What `sockaddr_un` holds on macOS, the smaller one, less the closing zero (Linux: 107). */
const LONGEST_PATH_BYTES = 103;

/** Where the engine listens: under the data directory, else (its path is too long) in a directory of ours under /tmp. */
export function engineSocketPath(dataDir: string): string {
  const wanted = join(dataDir, 'run', 'mongo.sock');
  if (Buffer.byteLength(wanted) <= LONGEST_PATH_BYTES) return wanted;
  return join(mkdtempSync(join(tmpdir(), 'scorekeeper-')), 'mongo.sock');
}
