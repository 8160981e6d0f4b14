// Sends flights to a running service at a rate, with progress, so that there is something to see.
//   node scripts/traffic.mjs [--rows 1000] [--rate 50] [--url http://127.0.0.1:8000] [--csv FILE] [--seed 1]
// Rows are drawn from the committed statistics of the training data, feature by feature, or read from a CSV with a header.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { flightSource, quantiles } from './flights.mjs';

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000' },
    rate: { type: 'string', default: '50' },
    url: { type: 'string', default: 'http://127.0.0.1:8000' },
    csv: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});

const SAY_EVERY_MS = 1000;

const features = await featuresOf(options.url);
const next = options.csv ? rowsOfCsv(options.csv) : drawnRows(Number(options.seed));
await send(Number(options.rows), Number(options.rate));

/** The live model's features: only they are sent. */
async function featuresOf(url) {
  const response = await fetch(`${url}/openapi.json`).catch(() =>
    stop(`nobody answers at ${url}: start the service first (npm start)`),
  );
  const { components } = await response.json();
  return Object.entries(components.schemas.PredictRequest.properties ?? {});
}

function drawnRows(seed) {
  const unknown = features.map(([name]) => name).filter((name) => !(name in quantiles));
  if (unknown.length > 0) stop(`no statistics for ${unknown.join(', ')}: give rows with --csv`);
  return flightSource(
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
  return type === 'number' || type === 'integer' ? Number(text) : text;
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
    const response = await fetch(`${options.url}/model/predict/`, {
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
