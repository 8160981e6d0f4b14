import { rm } from 'node:fs/promises';

/** Ends what `start-database.mjs` has started, and removes its data. */
export default async function stopDatabase() {
  if (!globalThis.testDatabase) return;
  const { database, dataDir } = globalThis.testDatabase;
  await database.stop();
  await rm(dataDir, { recursive: true, force: true });
}
