// Two services in Python, in an environment that is made beside this file at the first use.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startServer } from './server-process.mjs';

const PEERS = join(import.meta.dirname, 'peers');
const ENVIRONMENT = join(import.meta.dirname, '.venv');
const PYTHON = join(ENVIRONMENT, 'bin/python');
const REQUIREMENTS = join(PEERS, 'requirements.txt');
const INSTALLED = join(ENVIRONMENT, '.installed');
const PICKLE = join(dirname(import.meta.dirname), 'models/flight-delay/1/model.pkl');

/** Starts each peer on a free port. */
export async function* startPeers({ folder, onnxFile, say }) {
  install(say);
  yield await startPeer({ name: 'FastAPI + onnxruntime', file: 'fastapi_onnx.py', model: onnxFile, folder });
  yield await startPeer({ name: 'like the original', file: 'fastapi_original.py', model: PICKLE, folder });
}

async function startPeer({ name, file, model, folder }) {
  const address = /Uvicorn running on (http:\/\/\S+)/;
  const server = await startServer({ name, command: PYTHON, args: [join(PEERS, file), model], folder, address });
  return { ...server, single: '/model/predict/', batch: batchOf(file) };
}

// The original has no route that takes many rows.
function batchOf(file) {
  return file === 'fastapi_onnx.py' ? { path: '/model/predict/batch/', shape: (rows) => rows } : undefined;
}

function install(say) {
  const wanted = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex');
  if (existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === wanted) return;
  say('making a Python environment for the peers (once; about a minute) …');
  execFileSync('python3', ['-m', 'venv', '--clear', ENVIRONMENT], { stdio: 'inherit' });
  execFileSync(PYTHON, ['-m', 'pip', 'install', '--quiet', '--requirement', REQUIREMENTS], { stdio: 'inherit' });
  writeFileSync(INSTALLED, wanted);
}
