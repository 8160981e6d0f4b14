// A database in a process tree of its own, for tests that stop it: node external-database.mjs DATA_DIR; it prints its URI.
import { resolveDatabase } from '../../dist/libs/database/src/index.js';

const database = await resolveDatabase({ dataDir: process.argv[2], log: () => undefined });
console.log(database.uri);
setInterval(() => undefined, 1000);
process.once('SIGTERM', () => void database.stop().then(() => process.exit(0)));
