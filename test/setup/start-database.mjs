import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BUILT = new URL('../../dist/libs/database/src/resolve-database.js', import.meta.url);

/** One database for the whole run: the server that MONGODB_URI names, else one of our own in a temporary directory. */
export default async function startDatabase() {
  if (process.env.MONGODB_URI) return;
  if (!existsSync(BUILT)) return console.warn('\nNot built: tests that need a database will fail (npm run build).');
  const { resolveDatabase } = await import(BUILT.href);
  const dataDir = await mkdtemp(join(tmpdir(), 'scorekeeper-jest-'));
  const database = await resolveDatabase({ dataDir, log: () => undefined });
  globalThis.testDatabase = { database, dataDir };
  process.env.MONGODB_URI = database.uri;
}
