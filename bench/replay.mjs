// What a replay costs live requests: node bench/replay.mjs [--rows 100000] [--seconds 5] [--concurrency 4]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { load } from './load.mjs';
import { singleBodies } from './rows.mjs';
import { startScorekeeper } from './services.mjs';
import { median } from './statistics.mjs';

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '5' },
    concurrency: { type: 'string', default: '4' },
  },
});
const ROWS = Number(options.rows);
const [SECONDS, CONCURRENCY] = [Number(options.seconds), Number(options.concurrency)];
const IDLE_ROUNDS = 3;

const folder = mkdtempSync(join(tmpdir(), 'scorekeeper-replay-'));
const service = await startScorekeeper({ node: process.execPath, folder });
try {
  await fill();
  const idle = [];
  for (let round = 0; round < IDLE_ROUNDS; round++) idle.push((await measure()).p99Ms);
  const { during, seconds, state } = await replay();
  const ratio = median(during) / median(idle);
  console.log(`replay of ${ROWS} records: ${state} after ${seconds.toFixed(0)} s, ${CONCURRENCY} connections`);
  console.log(`live p99: idle ${shown(idle)} ms, during ${shown(during)} ms; ratio of the medians ${ratio.toFixed(2)}`);
} finally {
  await service.stop();
  rmSync(folder, { recursive: true });
}

async function fill() {
  for (let kept = 0; kept < ROWS;) kept += (await measure(16)).requests;
}

async function replay() {
  const begun = performance.now();
  const { id } = await ask('/model/replay', { candidate: 1, last: ROWS });
  const during = [];
  for (;;) {
    during.push((await measure()).p99Ms);
    const { state } = await ask(`/model/replays/${id}`);
    if (state !== 'running') return { during, state, seconds: (performance.now() - begun) / 1000 };
    await sleep(10);
  }
}

async function measure(concurrency = CONCURRENCY) {
  const outcome = await load({
    url: service.url + service.single,
    bodies: singleBodies(1000),
    concurrency,
    seconds: SECONDS,
  });
  if (outcome.failed > 0) throw new Error(`${outcome.failed} live requests failed`);
  return outcome;
}

async function ask(path, body) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(service.url + path, body && { method: 'POST', headers, body: JSON.stringify(body) });
  return response.json();
}

function shown(values) {
  return values.map((value) => value.toFixed(2)).join(', ');
}
