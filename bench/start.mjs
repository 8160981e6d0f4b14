// From starting the process to its first answer, on a data directory that a run before has made: node bench/start.mjs [--runs 5]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { singleBodies } from './rows.mjs';
import { median } from './statistics.mjs';

const { values: options } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, node: { type: 'string', default: process.execPath } },
});
const ROOT = dirname(import.meta.dirname);
const TRY_EVERY_MS = 5;
const GIVE_UP_MS = 60_000;
const [body] = singleBodies(1);

const dataDir = mkdtempSync(join(tmpdir(), 'scorekeeper-start-'));
console.log(`first start, empty data directory: ${seconds(await firstAnswerMs())}`);
const times = [];
for (let run = 0; run < Number(options.runs); run++) times.push(await firstAnswerMs());
console.log(`starts after it: ${times.map(seconds).join(', ')}; median ${seconds(median(times))}`);
rmSync(dataDir, { recursive: true });

async function firstAnswerMs() {
  const port = await freePort();
  const started = performance.now();
  const child = startService(port);
  await firstAnswer(`http://127.0.0.1:${port}/model/predict/`, child);
  const took = performance.now() - started;
  child.kill('SIGTERM');
  await once(child, 'exit');
  return took;
}

function startService(port) {
  const env = { PATH: process.env.PATH, DATA_DIR: dataDir, PORT: String(port), MODELS_DIR: 'models' };
  return spawn(options.node, ['dist/apps/api/src/main.js'], { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'inherit'] });
}

async function firstAnswer(url, child) {
  const deadline = performance.now() + GIVE_UP_MS;
  while (!(await isAnswered(url))) {
    if (child.exitCode !== null || performance.now() > deadline) throw new Error('the service did not answer');
    await sleep(TRY_EVERY_MS);
  }
}

async function isAnswered(url) {
  try {
    return (await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).ok;
  } catch {
    // Nobody listens yet.
    return false;
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(2)} s`;
}
