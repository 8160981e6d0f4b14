// Converts damaged model files and asks that each is converted or refused, in time and in bounds.
// `npx nest build && node test/fuzz/convert.fuzz.mjs`; FUZZ_INPUTS and FUZZ_SEED say how many and which.
import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAX_INPUT_MS, NO_INPUT } from './limits.mjs';
import { inputOf } from './mutate.mjs';
import { readSeeds } from './seeds.mjs';

const inputs = Number(process.env.FUZZ_INPUTS ?? 100_000);
const fuzzSeed = Number(process.env.FUZZ_SEED ?? 20_251_123);
const processes = Math.min(availableParallelism(), 4);
// Past this a conversion is not merely slow: the process is ended, and another goes on behind the input.
const HANGS_AFTER_MS = 2.5 * MAX_INPUT_MS;

const folder = mkdtempSync(join(tmpdir(), 'convert-fuzz-'));
const seeds = readSeeds();
const total = { count: 0, outcomes: {}, slowest: { ms: 0 }, growthBytes: 0, peakBytes: 0 };
const findings = new Map();
const start = performance.now();

console.log(`FUZZ_SEED=${fuzzSeed} FUZZ_INPUTS=${inputs}, ${processes} processes, seeds ${seedCounts()}`);
const progress = setInterval(() => console.log(progressLine()), 5000);
await Promise.all(Array.from({ length: processes }, (_, first) => fuzzFrom(first)));
clearInterval(progress);
console.log(summary());
process.exitCode = findings.size > 0 ? 1 : 0;

async function fuzzFrom(first) {
  for (let next = first; next < inputs;) next = await fuzzUntilEnd(next, join(folder, `heartbeat-${first}`));
}

/** Resolves with the input to go on from: behind the last one, or behind the one that ended the process. */
function fuzzUntilEnd(first, heartbeatFile) {
  return new Promise((resolve, reject) => {
    writeFileSync(heartbeatFile, String(NO_INPUT));
    const options = { fuzzSeed, first, end: inputs, step: processes, heartbeatFile };
    const child = fork(join(import.meta.dirname, 'fuzz-process.mjs'), [JSON.stringify(options)], {
      execArgv: ['--expose-gc'],
    });
    const watchdog = watch(child, heartbeatFile);
    child.on('message', add);
    child.on('exit', (code, signal) => {
      clearInterval(watchdog);
      if (code === 0) return resolve(inputs);
      const index = heartbeatOf(heartbeatFile);
      if (index === NO_INPUT) return reject(new Error(`a process ended outside an input (${code ?? signal})`));
      report({ index, what: signal === 'SIGKILL' ? 'hangs' : `ended the process (${code ?? signal})` });
      resolve(index + processes);
    });
  });
}

function watch(child, heartbeatFile) {
  let seen = { index: NO_INPUT, since: performance.now() };
  return setInterval(() => {
    const index = heartbeatOf(heartbeatFile);
    if (index !== seen.index || index === NO_INPUT) seen = { index, since: performance.now() };
    else if (performance.now() - seen.since > HANGS_AFTER_MS) child.kill('SIGKILL');
  }, 200);
}

function heartbeatOf(heartbeatFile) {
  return Number(readFileSync(heartbeatFile, 'latin1') || NO_INPUT);
}

function add(batch) {
  total.count += batch.count;
  for (const [key, count] of Object.entries(batch.outcomes)) total.outcomes[key] = (total.outcomes[key] ?? 0) + count;
  if (batch.slowest.ms > total.slowest.ms) total.slowest = batch.slowest;
  total.growthBytes = Math.max(total.growthBytes, batch.growthBytes);
  total.peakBytes = Math.max(total.peakBytes, batch.peakBytes);
  batch.findings.forEach(report);
}

/** Prints the first finding of a kind and keeps its input; counts the others. */
function report({ index, what }) {
  const kind = kindOf(what);
  const known = findings.get(kind);
  if (known) return void known.count++;
  const { seed, steps, bytes, fileName } = inputOf({ seeds, fuzzSeed, index });
  const file = join(folder, `${index}-${fileName}`);
  writeFileSync(file, bytes);
  findings.set(kind, { count: 1, file });
  console.log(
    `FINDING, input ${index} of FUZZ_SEED=${fuzzSeed}: ${seed}, ${steps.join(', ')}; kept as ${file}\n${what}`,
  );
}

/** Two stack traces are of one kind when they come from the same line. */
function kindOf(what) {
  const frame = what.split('\n').find((line) => line.includes('/libs/'));
  return frame ? `${what.split(':')[0]} ${frame.trim()}` : what.replaceAll(/\d+/g, 'N');
}

function seedCounts() {
  return Object.entries(seeds)
    .map(([format, { length }]) => `${format}: ${length}`)
    .join(', ');
}

function seconds() {
  return Math.round((performance.now() - start) / 1000);
}

function megabytes(bytes) {
  return `${Math.round(bytes / 2 ** 20)} MB`;
}

function progressLine() {
  return `${total.count} inputs, ${seconds()} s, ${findings.size} findings, slowest ${Math.round(total.slowest.ms)} ms`;
}

function summary() {
  const outcomes = Object.entries(total.outcomes).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [
    progressLine(),
    ...outcomes.map(([key, count]) => `  ${key}: ${count}`),
    `slowest: input ${total.slowest.index} (${total.slowest.seed}), ${Math.round(total.slowest.ms)} ms`,
    `memory above the level after warm-up: ${megabytes(total.growthBytes)} kept, ${megabytes(total.peakBytes)} at the peak`,
    ...[...findings].map(([kind, { count, file }]) => `FOUND ${count} times: ${kind}\n  ${file}`),
  ].join('\n');
}
