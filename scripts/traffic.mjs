// Sends flights to a running service at a rate, with progress, so that there is something to see.
//   node scripts/traffic.mjs [--rows 1000] [--rate 50] [--url http://127.0.0.1:8000] [--csv FILE] [--seed 1]
//                            [--model NAME] [--versions 1,2]
// Rows are drawn from the committed statistics of the training data, feature by feature, or read from a CSV with a header.
// Without --model it is the default model that is asked. With --versions a row holds all that those versions of models/<name>
// take, as it must where a canary or a shadow takes other features than the live version.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isKnown, rowSource, statisticsOf } from './flights.mjs';

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000' },
    rate: { type: 'string', default: '50' },
    url: { type: 'string', default: 'http://127.0.0.1:8000' },
    csv: { type: 'string' },
    seed: { type: 'string', default: '1' },
    model: { type: 'string' },
    versions: { type: 'string' },
  },
});

const DEFAULT_MODEL = 'flight-delay';
const SAY_EVERY_MS = 1000;
// `number` is what the API's document calls a double.
const NUMBERS = ['double', 'integer', 'number'];

const folder = join(import.meta.dirname, '../models', options.model ?? DEFAULT_MODEL);
const path = options.model ? `/models/${encodeURIComponent(options.model)}/predict/` : '/model/predict/';
const features = await featuresToSend();
const next = options.csv ? rowsOfCsv(options.csv) : drawnRows(Number(options.seed));
await send(Number(options.rows), Number(options.rate));

function featuresToSend() {
  if (options.versions) return featuresOfVersions(options.versions.split(','));
  return options.model ? featuresOfVersions([shippedVersion()]) : featuresOf(options.url);
}

/** What the shipped versions take together, as their signatures say. */
function featuresOfVersions(versions) {
  const signatures = versions.map((version) => JSON.parse(shipped(join(version.trim(), 'model.json'))));
  return Object.entries(Object.fromEntries(signatures.flatMap((each) => each.features.map((one) => [one.name, one]))));
}

/** The version that goes live first: the one that is named so, else the greatest. */
function shippedVersion() {
  if (existsSync(join(folder, 'live'))) return shipped('live').trim();
  const versions = existsSync(folder) ? readdirSync(folder).filter((name) => /^[1-9]\d*$/.test(name)) : [];
  return String(Math.max(...versions.map(Number)));
}

function shipped(name) {
  const file = join(folder, name);
  if (!existsSync(file)) stop(`${file} is not there: give a model and versions that lie in models/`);
  return readFileSync(file, 'utf8');
}

/** The live model's features: only they are sent. */
async function featuresOf(url) {
  const response = await fetch(`${url}/openapi.json`).catch(() =>
    stop(`nobody answers at ${url}: start the service first (npm start)`),
  );
  const { components } = await response.json();
  return Object.entries(components.schemas.PredictRequest.properties ?? {});
}

function drawnRows(seed) {
  const statistics = statisticsOf(options.model ?? DEFAULT_MODEL);
  const unknown = features.map(([name]) => name).filter((name) => !isKnown(statistics, name));
  if (unknown.length > 0) stop(`no statistics for ${unknown.join(', ')}: give rows with --csv`);
  return rowSource(
    statistics,
    features.map(([name, { type }]) => ({ name, type })),
    seed,
  );
}

function rowsOfCsv(path) {
  const [head, ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  const columns = head.split(',');
  const missing = features.map(([name]) => name).filter((name) => !columns.includes(name));
  if (missing.length > 0) stop(`${path} has no column ${missing.join(', ')}`);
  let at = 0;
  return () => rowOf(lines[at++ % lines.length].split(','), columns);
}

function rowOf(cells, columns) {
  return Object.fromEntries(features.map(([name, { type }]) => [name, cellOf(cells[columns.indexOf(name)], type)]));
}

function cellOf(text, type) {
  if (text === '') return null;
  return NUMBERS.includes(type) ? Number(text) : text;
}

async function send(rows, rate) {
  const started = Date.now();
  const count = { sent: 0, answered: 0, refused: 0, failed: 0, sum: 0 };
  const timer = setInterval(() => say(count, started, rows), SAY_EVERY_MS);
  const open = new Set();
  for (; count.sent < rows; count.sent++) {
    const late = started + (count.sent * 1000) / rate - Date.now();
    if (late > 0) await new Promise((resolve) => setTimeout(resolve, late));
    const request = predict(next(), count).finally(() => open.delete(request));
    open.add(request);
  }
  await Promise.all(open);
  clearInterval(timer);
  say(count, started, rows);
  if (count.failed > 0) process.exitCode = 1;
}

async function predict(row, count) {
  try {
    const body = JSON.stringify(row);
    const response = await fetch(`${options.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const answer = await response.json();
    if (response.ok) [count.answered, count.sum] = [count.answered + 1, count.sum + Number(answer.score)];
    else count.refused++;
  } catch {
    count.failed++;
  }
}

function say({ answered, refused, failed, sum }, started, rows) {
  const seconds = (Date.now() - started) / 1000;
  const mean = answered > 0 ? (sum / answered).toFixed(2) : '–';
  console.log(
    `${answered}/${rows} answered, ${refused} refused, ${failed} failed; ${(answered / seconds).toFixed(0)}/s; mean score ${mean}`,
  );
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
