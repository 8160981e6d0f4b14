import { type ChildProcess, fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import type { SelfCheck } from '@app/convert';
import { ServingError } from '@app/core';
import type { Cost, OnnxModel } from '@app/runtime';
import { Standby } from './standby.js';

/** What is tried. */
export interface TrialTask {
  readonly model: OnnxModel;
  /** What the source model itself answers, where that is known. */
  readonly check?: SelfCheck;
}

/** What the trial process is told; the ONNX follows on its standard input, without being packed into a message. */
export type TrialOrder = Omit<TrialTask, 'model'> & { readonly model: Omit<OnnxModel, 'onnx'> };

/** What the trial process answers. */
export type TrialAnswer =
  { readonly cost: Cost } | { readonly refused: { readonly code: string; readonly message: string } };

const WATCH_EVERY_MS = 50;
const PAGE_BYTES = 4096;

/** What a trial may take. */
export interface TrialLimits {
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/** Loads a model in a process of its own, with limits on memory and time: native code cannot be trusted with any file. */
export class TrialProcess {
  private readonly standby = new Standby<ChildProcess>(startChild);

  constructor(private readonly limits: TrialLimits) {}

  /** What the process says of the model; throws a ServingError where it does not come to that. */
  async run(task: TrialTask): Promise<TrialAnswer> {
    const child = this.standby.take();
    try {
      return await this.answerOf(child, task);
    } finally {
      child.kill('SIGKILL');
      this.standby.prepare();
    }
  }

  private answerOf(child: ChildProcess, task: TrialTask): Promise<TrialAnswer> {
    return new Promise((resolve, reject) => {
      const watch = setInterval(() => void this.watchMemory(child, reject), WATCH_EVERY_MS);
      const timer = setTimeout(() => reject(timeout(this.limits.timeoutMs)), this.limits.timeoutMs);
      child.once('message', (answer) => resolve(answer as TrialAnswer));
      child.once('error', reject);
      child.once('exit', (code, signal) => reject(crashed(signal ?? `exit code ${code}`)));
      child.once('exit', () => [clearInterval(watch), clearTimeout(timer)]);
      give(child, task, reject);
    });
  }

  private async watchMemory(child: ChildProcess, reject: (reason: ServingError) => void): Promise<void> {
    const bytes = await residentBytes(child.pid!);
    if (bytes > this.limits.maxBytes) reject(crashed(`it took more than ${this.limits.maxBytes} bytes`));
  }
}

function startChild(onEnd: (child: ChildProcess) => void): ChildProcess {
  const child = fork(new URL('./model-trial.child.js', import.meta.url), [], {
    serialization: 'advanced',
    stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
    env: {},
    execArgv: [],
  });
  child.once('exit', () => onEnd(child));
  // One that stands by keeps no process alive.
  child.unref();
  child.channel?.unref();
  (child.stdin as Socket).unref();
  return child;
}

function give(child: ChildProcess, { model, ...rest }: TrialTask, fail: (error: Error) => void): void {
  const { onnx, ...described } = model;
  child.send({ ...rest, model: described } satisfies TrialOrder, (error) => error && fail(error));
  // A process that ends before it has read everything is told of by its exit.
  child.stdin!.on('error', () => undefined).end(onnx);
}

// Only Linux has /proc; elsewhere the time limit stands alone.
async function residentBytes(pid: number): Promise<number> {
  const statm = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '');
  return Number(statm.split(' ')[1] ?? 0) * PAGE_BYTES;
}

function timeout(limitMs: number): ServingError {
  return new ServingError(
    'malformed',
    'MODEL_LOAD_TIMEOUT',
    `the model did not load and score an example within ${limitMs} ms`,
  );
}

function crashed(how: string): ServingError {
  const message = `ONNX Runtime does not survive loading the model (${how}), so it is not served`;
  return new ServingError('malformed', 'MODEL_LOAD_CRASHED', message);
}
