import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const READY_WITHIN_MS = 30_000;

/** The built service in a process of its own, as a user runs it, on the embedded database in `dataDir`. */
export interface ServiceProcess {
  readonly url: string;
  readonly child: ChildProcess;
  readonly startedInMs: number;
  /** What it has printed so far. */
  output(): string;
  /** Sends a signal and waits for the end; gives the exit code, or the signal that ended it. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals>;
}

/** Starts `node dist/apps/api/src/main.js` and waits until it says that it serves; `environment` overrides settings. */
export async function startProcess(
  dataDir: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<ServiceProcess> {
  const started = Date.now();
  const child = spawn(process.execPath, ['dist/apps/api/src/main.js'], {
    cwd: root,
    env: { PATH: process.env.PATH, DATA_DIR: dataDir, PORT: '0', GRPC_PORT: '0', MODELS_DIR: 'models', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const url = await addressIn(child, () => output);
  return {
    url,
    child,
    startedInMs: Date.now() - started,
    output: () => output,
    end: (signal) => endProcess(child, signal),
  };
}

async function addressIn(child: ChildProcess, output: () => string): Promise<string> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const found = /serves on (http:\/\/\S+)/.exec(output());
    if (found) return found[1]!;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill('SIGKILL');
  throw new Error(`the service did not start:\n${output()}`);
}

async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<number | NodeJS.Signals> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode ?? child.signalCode!;
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  child.kill(signal);
  const [code, endedBy] = await ended;
  return code ?? endedBy!;
}
