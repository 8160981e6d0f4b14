// The two sides of the comparison, and where each takes one row and many.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FEATURES } from './rows.mjs';
import { startServer } from './server-process.mjs';

// As `npm start` and the image set it.
const GLIBC_TUNABLES =
  'glibc.malloc.arena_max=2:glibc.malloc.trim_threshold=1048576:glibc.malloc.mmap_threshold=1048576';

const LOOK_EVERY_MS = 50;
const MOST_LOOKS = 1_200;

/** The bare server. */
export async function startReference({ node, folder, onnxFile }) {
  const server = await startServer({
    name: 'reference',
    command: node,
    args: ['bench/reference.mjs', onnxFile],
    folder,
    address: /^(\d+)$/m,
  });
  const shape = (rows) => (rows.length === 1 ? rows[0] : rows);
  return { ...server, single: '/', batch: { path: '/', shape }, tensor: { path: '/', shape } };
}

/** The service as it is run: everything on, its data in `folder`. */
export async function startScorekeeper({ node, folder, environment = {} }) {
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir, { recursive: true });
  const server = await startServer({
    name: 'Scorekeeper',
    command: node,
    args: ['dist/apps/api/src/main.js'],
    environment: { GLIBC_TUNABLES, DATA_DIR: dataDir, PORT: '0', MODELS_DIR: 'models', ...environment },
    folder,
    address: /serves on (http:\/\/\S+)/,
  });
  const batch = { path: '/model/predict/batch/', shape: (rows) => rows };
  const tensor = { path: '/v2/models/flight-delay/infer', shape: openInference };
  return { ...server, single: '/model/predict/', batch, tensor, settle: () => settle(server.url) };
}

// What was answered is in the database: it is part of what a request costs, and must not cost the next service anything.
async function settle(url) {
  for (let look = 0; look < MOST_LOOKS; look++) {
    const { capture } = await (await fetch(`${url}/health/ready`)).json();
    if (capture.waiting_rows === 0) return;
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error('the database has not taken all captures within a minute');
}

// One tensor of all features, in the order of the model.
function openInference(rows) {
  const data = rows.flatMap((row) => FEATURES.map(({ name }) => row[name]));
  return { inputs: [{ name: 'rows', shape: [rows.length, FEATURES.length], datatype: 'FP64', data }] };
}
