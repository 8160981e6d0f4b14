// Load with keep-alive connections: wrk where it is installed, else autocannon (which takes far more of a core itself).
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const SCRIPT = join(import.meta.dirname, 'load.lua');
const hasWrk = spawnSync('wrk', ['--version']).error === undefined;

/** What makes the load, for the report. */
export const LOAD_MAKER = hasWrk ? 'wrk -t1' : 'autocannon';

/**
 * Posts bodies in turn over `concurrency` connections for some seconds.
 * Answers { requests, failed, seconds, p50Ms, p99Ms }; whatever is not a 2xx or 3xx has failed.
 */
export const load = hasWrk ? loadByWrk : loadByAutocannon;

async function loadByWrk({ url, bodies, concurrency, seconds }) {
  const folder = mkdtempSync(join(tmpdir(), 'scorekeeper-bodies-'));
  const file = join(folder, 'bodies.jsonl');
  writeFileSync(file, `${bodies.join('\n')}\n`);
  const options = ['-t1', `-c${concurrency}`, `-d${seconds}s`, '--timeout', '10s', '-s', SCRIPT];
  try {
    const { stdout } = await promisify(execFile)('wrk', [...options, url, '--', file]);
    return JSON.parse(stdout.trim().split('\n').at(-1));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function loadByAutocannon({ url, bodies, concurrency, seconds }) {
  const { default: autocannon } = await import('autocannon');
  const headers = { 'content-type': 'application/json' };
  const requests = bodies.map((body) => ({ method: 'POST', headers, body }));
  const result = await autocannon({ url, connections: concurrency, duration: seconds, requests });
  return {
    requests: result.requests.total,
    failed: result.non2xx + result.errors + result.timeouts,
    seconds: result.duration,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
  };
}
