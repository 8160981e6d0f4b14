import { openSync, writeFileSync, writeSync } from 'node:fs';
import { inputOf } from './mutate.mjs';
import { readSeeds } from './seeds.mjs';
import { MAX_GROWTH_BYTES, MAX_INPUT_MS, NO_INPUT } from './limits.mjs';

const { loadConvert, convertErrors, ConversionRefused } = await import('../../dist/libs/convert/src/index.js');
const convert = await loadConvert();
const BATCH = 250;
const WATCHED = [Object.prototype, Array.prototype, Function.prototype];

/** Converts every `step`-th input from `first` on; the heartbeat file always holds the number of the input at work. */
function run({ fuzzSeed, first, end, step, heartbeatFile }) {
  const heartbeat = openSync(heartbeatFile, 'w');
  const seeds = readSeeds();
  warmUp(seeds);
  const watch = { prototypes: snapshot(), levelBytes: levelBytes(), markBytes: 0, peakBytes: 0 };
  resetPeak();
  let batch = newBatch();
  for (let index = first; index < end; index += step) {
    const input = inputOf({ seeds, fuzzSeed, index });
    beat(heartbeat, index);
    convertWatched({ index, input, batch, watch });
    beat(heartbeat, NO_INPUT);
    if (++batch.count === BATCH) batch = close(batch, watch, index);
  }
  close(batch, watch, end - 1);
  process.disconnect();
}

function warmUp(seeds) {
  for (const { bytes, name } of Object.values(seeds).flat().slice(0, 400)) attempt(bytes, `${name}.pkl`);
}

const newBatch = () => ({ count: 0, outcomes: {}, slowest: { ms: 0 }, findings: [] });

function close(batch, { levelBytes: level, peakBytes }, index) {
  globalThis.gc();
  const growthBytes = process.memoryUsage.rss() - level;
  if (growthBytes > MAX_GROWTH_BYTES) batch.findings.push({ index, what: `the process keeps ${growthBytes} bytes` });
  process.send({ ...batch, growthBytes, peakBytes });
  return newBatch();
}

function convertWatched({ index, input, batch, watch }) {
  const { ms, outcome, error } = attempt(input.bytes, input.fileName);
  const key = `${input.format} ${outcome}`;
  batch.outcomes[key] = (batch.outcomes[key] ?? 0) + 1;
  if (ms > batch.slowest.ms) batch.slowest = { ms, index, seed: input.seed };
  const report = (what) => batch.findings.push({ index, what });
  if (error) report(error);
  if (ms > MAX_INPUT_MS) report(`took ${Math.round(ms)} ms`);
  for (const changed of changes(watch.prototypes)) report(`changed ${changed}`);
  const peakBytes = resourcePeakBytes();
  watch.peakBytes = Math.max(watch.peakBytes, peakBytes - watch.levelBytes);
  if (peakBytes > Math.max(watch.markBytes, watch.levelBytes + MAX_GROWTH_BYTES)) checkPeak({ input, report, watch });
}

/** Converts again from a clean level, so that what earlier inputs left to the garbage collector is not counted. */
function checkPeak({ input, report, watch }) {
  globalThis.gc();
  resetPeak();
  attempt(input.bytes, input.fileName);
  const peak = resourcePeakBytes() - watch.levelBytes;
  if (peak > MAX_GROWTH_BYTES) report(`needs ${Math.round(peak / 2 ** 20)} MB`);
  globalThis.gc();
  resetPeak();
  watch.markBytes = resourcePeakBytes();
}

function attempt(bytes, fileName) {
  const start = performance.now();
  try {
    convert(bytes, fileName);
    return { ms: performance.now() - start, outcome: 'converted' };
  } catch (error) {
    const ms = performance.now() - start;
    return isRefusal(error) ? { ms, outcome: error.code } : { ms, outcome: 'FAILED', error: textOf(error) };
  }
}

function isRefusal(error) {
  if (!(error instanceof ConversionRefused) || error.name !== 'ConversionRefused') return false;
  return convertErrors[error.code]?.kind === error.kind && error.message.length > 0;
}

const textOf = (error) => String(error instanceof Error ? error.stack : error);

function beat(heartbeat, index) {
  writeSync(heartbeat, String(index).padStart(12), 0);
}

function levelBytes() {
  globalThis.gc();
  return process.memoryUsage.rss();
}

const resourcePeakBytes = () => process.resourceUsage().maxRSS * 1024;

function resetPeak() {
  try {
    // Linux only; elsewhere the peak is that of the process so far.
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {}
}

const snapshot = () => WATCHED.map((prototype) => Object.getOwnPropertyDescriptors(prototype));

/** The properties that differ from the snapshot; each is put back, so that one finding is not repeated for ever. */
function changes(prototypes) {
  return WATCHED.flatMap((prototype, i) => changesOf(prototype, prototypes[i]));
}

function changesOf(prototype, before) {
  const keys = new Set([...Reflect.ownKeys(prototype), ...Reflect.ownKeys(before)]);
  const changed = [...keys].filter((key) => !isSame(Object.getOwnPropertyDescriptor(prototype, key), before[key]));
  for (const key of changed) delete prototype[key];
  Object.defineProperties(prototype, before);
  return changed.map((key) => `${prototype.constructor.name}.prototype.${String(key)}`);
}

function isSame(now, before) {
  return now !== undefined && Object.hasOwn(now, 'value') && before !== undefined
    ? now.value === before.value
    : now?.get === before?.get && now?.set === before?.set;
}

run(JSON.parse(process.argv[2]));
