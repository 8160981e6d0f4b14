import { type ChildProcess, fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { SelfCheck } from '@app/convert';
import { ServingError } from '@app/core';
import { builtFile, Settings } from '@app/platform';
import type { OnnxModel } from '@app/runtime';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Standby } from './standby.js';

/** What the trial process is given. */
export interface TrialTask {
  readonly model: OnnxModel;
  /** What the source model itself answers, where that is known. */
  readonly check?: SelfCheck;
}

/** What the trial process answers. */
export interface TrialAnswer {
  readonly refused?: { readonly code: string; readonly message: string };
}

const WATCH_EVERY_MS = 50;
const PAGE_BYTES = 4096;

/** Loads a model in a process of its own first, with limits on memory and time: native code cannot be trusted with any file. */
@Injectable()
export class ModelTrial implements OnApplicationShutdown {
  private readonly standby = new Standby<ChildProcess>(startChild);

  constructor(private readonly settings: Settings) {}

  /** Returns when the model has loaded, scored an example and passed its check; throws a ServingError with the reason where it does not. */
  async run(task: TrialTask): Promise<void> {
    const child = this.standby.take();
    try {
      const { refused } = await this.answerOf(child, task);
      if (refused) throw new ServingError('malformed', refused.code, refused.message);
    } finally {
      child.kill('SIGKILL');
      this.standby.prepare();
    }
  }

  onApplicationShutdown(): void {
    this.standby.drop()?.kill('SIGKILL');
  }

  private answerOf(child: ChildProcess, task: TrialTask): Promise<TrialAnswer> {
    return new Promise((resolve, reject) => {
      const watch = setInterval(() => void this.watchMemory(child, reject), WATCH_EVERY_MS);
      const timer = setTimeout(
        () => reject(timeout(this.settings.modelLoadTimeoutMs)),
        this.settings.modelLoadTimeoutMs,
      );
      child.once('message', (answer) => resolve(answer as TrialAnswer));
      child.once('error', reject);
      child.once('exit', (code, signal) => reject(crashed(signal ?? `exit code ${code}`)));
      child.once('exit', () => [clearInterval(watch), clearTimeout(timer)]);
      child.send(task, (error) => error && reject(error));
    });
  }

  private async watchMemory(child: ChildProcess, reject: (reason: ServingError) => void): Promise<void> {
    const bytes = await residentBytes(child.pid!);
    if (bytes > this.settings.modelLoadMaxBytes)
      reject(crashed(`it took more than ${this.settings.modelLoadMaxBytes} bytes`));
  }
}

function startChild(onEnd: (child: ChildProcess) => void): ChildProcess {
  const child = fork(builtFile(import.meta.url, './model-trial.child.js'), [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: {},
    execArgv: [],
  });
  child.once('exit', () => onEnd(child));
  // One that stands by keeps no process alive.
  child.unref();
  child.channel?.unref();
  return child;
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
