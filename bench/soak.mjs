// Load for minutes, with memory and event-loop delay over that time: [BENCH_SOAK_S=600] node bench/soak.mjs [--out bench]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { eventLoopDelay } from './event-loop.mjs';
import { load } from './load.mjs';
import { machine, nodeVersion } from './machine.mjs';
import { plot } from './plot.mjs';
import { usage } from './processes.mjs';
import { singleBodies } from './rows.mjs';
import { startScorekeeper } from './services.mjs';
import { median, quantile } from './statistics.mjs';

const { values: options } = parseArgs({ options: { out: { type: 'string', default: import.meta.dirname } } });
const SECONDS = Number(process.env.BENCH_SOAK_S ?? 600);
const CONCURRENCY = 16;
const SAMPLE_EVERY_MS = 1000;

// Before minutes are spent on what could not be written.
mkdirSync(options.out, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'scorekeeper-soak-'));
const service = await startScorekeeper({ node: process.execPath, folder });
try {
  await write(await soak());
} finally {
  await service.stop();
  rmSync(folder, { recursive: true });
}

async function soak() {
  const { source, read } = await eventLoopDelay(service.url);
  const samples = [];
  let isOver = false;
  const request = { url: service.url + service.single, bodies: singleBodies(1000) };
  const loading = load({ ...request, concurrency: CONCURRENCY, seconds: SECONDS });
  const end = () => (isOver = true);
  loading.then(end, end);
  while (!isOver) {
    samples.push({ delayMs: await read(), ...memory() });
    await sleep(SAMPLE_EVERY_MS);
  }
  return { outcome: await loading, samples, source };
}

function memory() {
  const { server, engine } = usage(service.pid);
  return { serverMb: server.residentMb, engineMb: engine.residentMb };
}

async function write(soaked) {
  const file = join(options.out, 'SOAK.md');
  const text = reportOf(soaked);
  writeFileSync(file, text);
  console.log(`${text}\nwritten: ${file}`);
}

function reportOf({ outcome, samples, source }) {
  const { date, processor } = machine();
  const { requests, failed, p50Ms, p99Ms } = outcome;
  const series = (field) => samples.map((sample) => sample[field]);
  return `# Soak

${date}, ${processor}, Node ${nodeVersion(process.execPath)}: ${SECONDS} s at concurrency ${CONCURRENCY}.
${requests.toLocaleString('en')} predictions, ${failed} failed; p50 ${p50Ms.toFixed(2)} ms, p99 ${p99Ms.toFixed(2)} ms.

## Resident memory of the server

${quarters(series('serverMb'))}

${fenced(plot(series('serverMb'), 'MB'))}

## Resident memory of the database engine

${quarters(series('engineMb'))}

${fenced(plot(series('engineMb'), 'MB'))}

## Event-loop delay (${source})

Median ${median(series('delayMs')).toFixed(2)} ms, p99 ${quantile(series('delayMs'), 0.99).toFixed(2)} ms.

${fenced(plot(series('delayMs'), 'ms'))}
`;
}

// What grows without end shows in the later quarters: the first one holds the caches that fill.
function quarters(values) {
  const size = values.length / 4;
  const medians = [0, 1, 2, 3].map((i) => median(values.slice(Math.floor(i * size), Math.floor((i + 1) * size))));
  return `Medians of the four quarters of the time: ${medians.map((value) => value.toFixed(0)).join(', ')} MB.`;
}

function fenced(text) {
  return `\`\`\`text\n${text}\n\`\`\``;
}
