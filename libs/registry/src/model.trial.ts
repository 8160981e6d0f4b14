import { once } from 'node:events';
import { MessageChannel, Worker } from 'node:worker_threads';
import { ServingError } from '@app/core';
import { builtFile, Settings } from '@app/platform';
import type { Cost } from '@app/runtime';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { STANDBY_MS } from './standby.js';
import type { TrialRequest } from './trial.worker.js';
import type { TrialAnswer, TrialLimits, TrialTask } from './trial-process.js';

/** Has models tried before they are served: in a process of its own each, which a thread starts and watches. */
@Injectable()
export class ModelTrial implements OnApplicationShutdown {
  private readonly limits: TrialLimits;
  private worker: Worker | undefined;
  private running = 0;
  private readonly idle = setTimeout(() => void this.endIdleThread(), STANDBY_MS).unref();

  constructor({ modelLoadTimeoutMs, modelLoadMaxBytes }: Settings) {
    this.limits = { timeoutMs: modelLoadTimeoutMs, maxBytes: modelLoadMaxBytes };
  }

  /** What the model costs, when it has loaded, scored an example and passed its check; throws a ServingError with the reason where it does not. */
  async run(task: TrialTask): Promise<Cost> {
    const { port1, port2 } = new MessageChannel();
    this.running++;
    try {
      const answered = Promise.race([once(port1, 'message'), once(port1, 'close').then(ended)]);
      this.thread().postMessage({ task, reply: port2 } satisfies TrialRequest, [port2]);
      return accept((await answered)[0] as TrialAnswer);
    } finally {
      port1.close();
      this.running--;
      this.idle.refresh();
    }
  }

  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.idle);
    await this.endThread();
  }

  private async endIdleThread(): Promise<void> {
    if (this.running === 0) await this.endThread();
  }

  // A process that stands by ends when it has lost its thread.
  private async endThread(): Promise<void> {
    const { worker } = this;
    this.worker = undefined;
    await worker?.terminate();
  }

  private thread(): Worker {
    return (this.worker ??= this.startThread());
  }

  private startThread(): Worker {
    const worker = new Worker(builtFile(import.meta.url, './trial.worker.js'), { env: {}, workerData: this.limits });
    worker.once('error', () => undefined);
    worker.once('exit', () => this.forget(worker));
    worker.unref();
    return worker;
  }

  // Another one may have been started meanwhile.
  private forget(worker: Worker): void {
    if (this.worker === worker) this.worker = undefined;
  }
}

function accept(answer: TrialAnswer): Cost {
  if ('cost' in answer) return answer.cost;
  throw new ServingError('malformed', answer.refused.code, answer.refused.message);
}

function ended(): never {
  throw new Error('the thread that watches trials has ended');
}
