// A server in a process of its own, that prints where it listens and is ended at the end.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = dirname(import.meta.dirname);
const READY_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 10;

/**
 * Starts a server and waits for `address`, a pattern whose first group is its URL or port, in what it prints.
 * `folder` takes its log: a file, so that reading it costs the load maker nothing.
 */
export async function startServer({ name, command, args, environment, folder, address }) {
  const logFile = join(folder, `${name.replaceAll(/\W+/g, '-')}.log`);
  const log = openSync(logFile, 'w');
  const env = { PATH: process.env.PATH, ...environment };
  const child = spawn(command, args, { cwd: ROOT, env, stdio: ['ignore', log, log] });
  closeSync(log);
  const url = await addressIn(child, logFile, address);
  return { name, url, pid: child.pid, stop: () => stop(child) };
}

async function addressIn(child, logFile, address) {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const found = address.exec(readFileSync(logFile, 'utf8'))?.[1];
    if (found) return found.includes('://') ? found : `http://127.0.0.1:${found}`;
    await sleep(LOOK_EVERY_MS);
  }
  child.kill('SIGKILL');
  throw new Error(`it did not start: ${child.spawnargs.join(' ')}\n${readFileSync(logFile, 'utf8')}`);
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
