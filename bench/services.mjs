// The two sides of the comparison, and where each takes one row and many.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { flights, FEATURES } from './rows.mjs';
import { startServer } from './server-process.mjs';

/** The bare server. */
export async function startReference({ node, folder, onnxFile }) {
  const server = await startServer({
    name: 'reference',
    command: node,
    args: ['bench/reference.mjs', onnxFile],
    folder,
    address: /^(\d+)$/m,
  });
  return { ...server, single: '/', batch: { path: '/', shape: (rows) => rows } };
}

/** The service as it is run: everything on, its data in `folder`. */
export async function startScorekeeper({ node, folder, environment = {} }) {
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir, { recursive: true });
  const server = await startServer({
    name: 'Scorekeeper',
    command: node,
    args: ['dist/apps/api/src/main.js'],
    environment: { DATA_DIR: dataDir, PORT: '0', MODELS_DIR: 'models', ...environment },
    folder,
    address: /serves on (http:\/\/\S+)/,
  });
  return { ...server, single: '/model/predict/', batch: await batchRouteOf(server.url) };
}

const BATCH_ROUTES = [
  { path: '/model/predict/batch/', shape: (rows) => rows },
  { path: '/v2/models/flight-delay/infer', shape: openInference },
];

async function batchRouteOf(url) {
  for (const route of BATCH_ROUTES) {
    const body = JSON.stringify(route.shape(flights(2)));
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url + route.path, { method: 'POST', headers, body });
    await response.arrayBuffer();
    if (response.ok) return route;
  }
  return undefined;
}

// A column a feature, as the open inference protocol has it.
function openInference(rows) {
  const inputs = FEATURES.map(({ name, type }) => ({
    name,
    shape: [rows.length],
    datatype: type === 'integer' ? 'INT64' : 'FP64',
    data: rows.map((row) => row[name]),
  }));
  return { inputs };
}
