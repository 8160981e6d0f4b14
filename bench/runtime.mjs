// What scoring and loading take, and how long they hold up the event loop, measured inside one process:
//   node bench/runtime.mjs [model file]      the file in place of the large model, e.g. a pickled forest
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { createApp } from '../dist/apps/api/src/app.setup.js';
import { loadConvert } from '../dist/libs/convert/src/index.js';
import { resolveDatabase } from '../dist/libs/database/src/index.js';
import { Settings } from '../dist/libs/platform/src/index.js';
import { ModelLoader, ModelProvider } from '../dist/libs/registry/src/index.js';
import { OnnxRuntime } from '../dist/libs/runtime/src/index.js';
import { largeModel } from './large-model.mjs';

const root = dirname(import.meta.dirname);
const FLIGHT = [1059, 1209, 284, 93, 1011, 5.8, 0, 0];
const shipped = { fileName: 'model.pkl', bytes: readFileSync(join(root, 'models/flight-delay/1/model.pkl')) };
const given = process.argv[2];
const large = given ? { fileName: basename(given), bytes: readFileSync(given) } : largeModel();
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

await benchRuns();
await withService(async (loader, provider) => {
  for (const file of [shipped, large]) await benchLoads(loader, file);
  for (const file of [shipped, large]) await benchBatches(loader, provider, file);
});

/** Single rows and 1,000 rows: the engine with nothing around it, then our runtime. */
async function benchRuns() {
  const converted = (await loadConvert())(shipped.bytes, shipped.fileName);
  const session = await InferenceSession.create(converted.onnx, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const runtime = await OnnxRuntime.load(converted);
  for (const count of [1, 1000]) {
    const rows = flights(count);
    const feeds = { [converted.wiring.inputs[0].name]: new Tensor('float64', rows.numbers, [count, 8]) };
    say(`engine alone, ${count} rows`, await times(() => session.run(feeds)));
    say(`OnnxRuntime, ${count} rows`, await times(() => runtime.predict(rows)));
  }
  await runtime.release();
  await session.release();
}

async function withService(measure) {
  const dataDir = mkdtempSync(join(tmpdir(), 'scorekeeper-bench-'));
  const settings = Settings.from({ DATA_DIR: dataDir, MODELS_DIR: '', LOG_LEVEL: 'silent' });
  const database = await resolveDatabase({ dataDir, log: () => undefined });
  const app = await createApp(settings, database);
  await app.init();
  await measure(app.get(ModelLoader, { strict: false }), app.get(ModelProvider, { strict: false }));
  await app.close();
  await database.stop();
  rmSync(dataDir, { recursive: true });
}

async function benchLoads(loader, file) {
  const label = `load ${file.fileName} (${(file.bytes.length / 1e6).toFixed(1)} MB)`;
  await loader.load('bench', file);
  const taken = [];
  const gaps = await gapsDuring(async () => {
    for (let i = 0; i < 5; i++) {
      // The next thread and process stand by when they have started.
      await pause(1000);
      const start = performance.now();
      await loader.load('bench', file);
      taken.push((performance.now() - start) * 1000);
    }
  });
  say(label, spread(taken));
  say(`${label}: event loop`, gaps);
}

async function benchBatches(loader, provider, file) {
  await loader.load('bench', file);
  const model = provider.get('bench');
  const [row, batch] = [flights(1), flights(200_000)];
  await model.predict(batch);
  say(`${file.fileName}: a row, idle`, await singles(model, row));
  let isOn = true;
  const batches = (async () => {
    while (isOn) await model.predict(batch);
  })();
  let during;
  const gaps = await gapsDuring(async () => (during = await singles(model, row)));
  isOn = false;
  await batches;
  say(`${file.fileName}: a row, beside batches of 200,000`, during);
  say(`${file.fileName}: event loop beside batches of 200,000`, gaps);
}

async function singles(model, row) {
  const taken = [];
  for (let i = 0; i < 500; i++) {
    const start = performance.now();
    await model.predict(row);
    taken.push((performance.now() - start) * 1000);
    await pause(2);
  }
  return spread(taken);
}

async function times(work) {
  const taken = [];
  for (let i = 0; i < 3000; i++) {
    const start = performance.now();
    await work();
    taken.push((performance.now() - start) * 1000);
  }
  return spread(taken.slice(1000));
}

/** How late a timer of 1 ms comes while something is done. */
async function gapsDuring(work) {
  const late = [];
  let last = performance.now();
  const timer = setInterval(() => {
    late.push(Math.max(0, performance.now() - last - 1) * 1000);
    last = performance.now();
  }, 1);
  await work();
  clearInterval(timer);
  return spread(late);
}

function flights(count) {
  const numbers = Float64Array.from({ length: count * 8 }, (_, i) => FLIGHT[i % 8] * (1 + Math.random()));
  return { count, width: 8, numbers, texts: [] };
}

function spread(microseconds) {
  const sorted = microseconds.toSorted((a, b) => a - b);
  return [sorted[0], sorted[sorted.length >> 1], sorted[Math.floor(sorted.length * 0.99)], sorted.at(-1)];
}

function say(what, values) {
  const [min, median, p99, max] = values.map((us) =>
    us < 1000 ? `${us.toFixed(1)} µs` : `${(us / 1000).toFixed(1)} ms`,
  );
  console.log(`${what.padEnd(52)} min ${min}  median ${median}  p99 ${p99}  max ${max}`);
}
