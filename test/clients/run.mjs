// Runs the real clients against the built service. Python is needed; without it CI fails and a person is told.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { prepare } from '../../scripts/prepare.mjs';

const here = import.meta.dirname;
const root = dirname(dirname(here));
const requirements = join(here, 'requirements.txt');
const FLIGHT = {
  sched_dep_time: 1059,
  sched_arr_time: 1209,
  distance: 284,
  clouds: 93,
  pres: 1011,
  wind_spd: 5.8,
  precip: 0,
  snow: 0,
};

if (spawnSync('python3', ['--version']).status !== 0) {
  console.error('skipped: python3 is not here, so the real clients cannot be run');
  process.exit(process.env.CI ? 1 : 0);
}
await prepare();
const python = environment();
const dataDir = mkdtempSync(join(tmpdir(), 'scorekeeper-clients-'));
const service = await start(dataDir);
try {
  const answer = await fetch(`${service.url}/model/predict/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(FLIGHT),
  });
  const { score } = await answer.json();
  const check = join(here, 'tritonclient_check.py');
  run(python, [check, new URL(service.url).host, service.grpc, String(score)]);
} finally {
  await service.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

/** A virtual environment with the pinned clients, made once for each version of the list. */
function environment() {
  const mark = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = join(tmpdir(), `scorekeeper-clients-${mark}`);
  const interpreter = join(folder, 'bin', 'python');
  if (existsSync(join(folder, 'complete'))) return interpreter;
  run('python3', ['-m', 'venv', folder]);
  run(interpreter, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
  run(interpreter, ['-c', `open(${JSON.stringify(join(folder, 'complete'))}, 'w').close()`]);
  return interpreter;
}

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status === 0) return;
  process.exitCode = 1;
  throw new Error(`${command} ${args[0]} failed`);
}

async function start(folder) {
  const env = { ...process.env, DATA_DIR: folder, PORT: '0', GRPC_PORT: '0', LOG_LEVEL: 'warn' };
  const child = spawn(process.execPath, ['dist/apps/api/src/main.js'], { cwd: root, env });
  let output = '';
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = await new Promise((resolve, reject) => {
    const read = (chunk) => {
      output += chunk;
      const found = /serves on (http:\/\/[\d.:]+)/.exec(output);
      if (found) resolve(found[1]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => reject(new Error(`the service did not start:\n${output}`)));
  });
  const stop = () => (child.kill('SIGTERM'), ended);
  return { url, grpc: /gRPC on (\S+)/.exec(output)[1], stop };
}
