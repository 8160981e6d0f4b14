// The service beside a bare server of the same model: node bench/bench.mjs [--rounds 5] [--seconds 3] [--concurrency 1,16,64]
//   [--rows 1000] [--node BINARY]… [--peers] [--out bench] [--readme]; see README.md beside this file.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { checkAnswers } from './check-answers.mjs';
import { compare } from './compare.mjs';
import { writeOnnx } from './convert-model.mjs';
import { machine, nodeVersion } from './machine.mjs';
import { startPeers } from './peers.mjs';
import { report, shortReport } from './report.mjs';
import { scenariosOf } from './scenarios.mjs';
import { startReference, startScorekeeper } from './services.mjs';
import { summarize } from './summary.mjs';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    concurrency: { type: 'string', default: '1,16,64' },
    rows: { type: 'string', default: '1000' },
    node: { type: 'string', multiple: true, default: [] },
    peers: { type: 'boolean', default: false },
    out: { type: 'string', default: import.meta.dirname },
    readme: { type: 'boolean', default: false },
  },
});

const README = join(dirname(import.meta.dirname), 'README.md');
const README_PART = /(<!-- bench -->).*(<!-- \/bench -->)/s;
const scenarios = scenariosOf({ concurrency: options.concurrency.split(',').map(Number), rows: Number(options.rows) });

// Before minutes are spent on what could not be written.
mkdirSync(options.out, { recursive: true });
const result = { machine: machine(), settings: settings(), runs: [] };
for (const node of [process.execPath, ...options.node]) result.runs.push(await runWith(node));
await write(join(options.out, 'RESULTS.md'), report(result));
if (options.readme) await write(README, readmeWith(shortReport(result)));

async function runWith(node) {
  const folder = mkdtempSync(join(tmpdir(), 'scorekeeper-bench-'));
  const services = [];
  try {
    for await (const service of startServices(node, folder)) services.push(service);
    await checkAnswers(services);
    const { rounds, seconds } = options;
    const how = { services, scenarios, rounds: Number(rounds), seconds: Number(seconds), say };
    const rows = summarize(await compare(how), { scenarios, services });
    return { node: nodeVersion(node), scenarios, services: services.map(({ name }) => name), rows };
  } finally {
    for (const service of services) await service.stop();
    rmSync(folder, { recursive: true });
  }
}

async function* startServices(node, folder) {
  const onnxFile = join(folder, 'flight-delay.onnx');
  await writeOnnx(onnxFile);
  say(`Node ${nodeVersion(node)}: starting …`);
  yield await startReference({ node, folder, onnxFile });
  yield await startScorekeeper({ node, folder });
  if (options.peers) yield* startPeers({ folder, onnxFile, say });
}

function settings() {
  const { rounds, seconds } = options;
  return {
    measurement: `${rounds} rounds of ${seconds} s, each service in each round, in turning order; medians, and medians of the rounds' ratios`,
    settings: 'Scorekeeper with its defaults, every prediction kept; ONNX Runtime with one thread on both sides',
  };
}

function readmeWith(text) {
  return readFileSync(README, 'utf8').replace(README_PART, (_, start, end) => `${start}\n\n${text}\n\n${end}`);
}

async function write(file, text) {
  writeFileSync(file, await format(text, { ...(await resolveConfig(README)), parser: 'markdown' }));
  say(`written: ${file}`);
}

function say(line) {
  console.log(line);
}
