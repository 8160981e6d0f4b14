// Starts the service from a checkout: ready first, then served in this same process, so that a signal to npm reaches it.
import { prepare } from './prepare.mjs';

await prepare();
await import('../dist/apps/api/src/main.js');
