import { Worker } from 'node:worker_threads';
import type { Converted } from '@app/convert';
import { ServingError, type ServingErrorKind } from '@app/core';
import { builtFile, Settings } from '@app/platform';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Standby, STANDBY_MS } from './standby.js';

/** What the conversion thread is given. */
export interface ConversionTask {
  readonly bytes: Uint8Array;
  readonly fileName: string;
}

/** What the conversion thread answers: plain data, as errors lose their class between threads. */
export type ConversionAnswer =
  | { readonly converted: Converted }
  | { readonly refused: { readonly kind: ServingErrorKind; readonly code: string; readonly message: string } };

const LIMITS = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 };

/** Reads model files in a thread with limits on memory and time, so that no file can stop or fill the service. */
@Injectable()
export class ModelConverter implements OnApplicationShutdown {
  private readonly standby = new Standby<Worker>(startWorker);
  private readonly idle = setTimeout(() => void this.dropStandby(), STANDBY_MS).unref();

  constructor(private readonly settings: Settings) {}

  /** Converts a model file; throws the ServingError of the refusal. */
  async convert({ bytes, fileName }: ConversionTask): Promise<Converted> {
    const worker = this.standby.take();
    try {
      return accept(await this.answerOf(worker, { bytes, fileName }));
    } finally {
      await worker.terminate();
      this.standby.prepare();
      this.idle.refresh();
    }
  }

  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.idle);
    await this.dropStandby();
  }

  private async dropStandby(): Promise<void> {
    await this.standby.drop()?.terminate();
  }

  private answerOf(worker: Worker, task: ConversionTask): Promise<ConversionAnswer> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(timeout(this.settings.modelLoadTimeoutMs)),
        this.settings.modelLoadTimeoutMs,
      );
      worker.once('message', resolve);
      worker.once('error', (cause) => reject(crashed(cause)));
      worker.once('exit', (code) => reject(crashed(new Error(`exit code ${code}`))));
      worker.once('exit', () => clearTimeout(timer));
      worker.postMessage(task);
    });
  }
}

function startWorker(onEnd: (worker: Worker) => void): Worker {
  const file = builtFile(import.meta.url, './convert.worker.js');
  const worker = new Worker(file, { resourceLimits: LIMITS, env: {}, stderr: true });
  worker.once('exit', () => onEnd(worker));
  // One that stands by keeps no process alive.
  worker.unref();
  return worker;
}

function accept(answer: ConversionAnswer): Converted {
  if ('converted' in answer) return answer.converted;
  const { kind, code, message } = answer.refused;
  throw new ServingError(kind, code, message);
}

function timeout(limitMs: number): ServingError {
  return new ServingError('malformed', 'MODEL_LOAD_TIMEOUT', `the model file was not read within ${limitMs} ms`);
}

function crashed(cause: Error): ServingError {
  const message = 'the model file could not be read within the memory that reading may take';
  return new ServingError('malformed', 'MODEL_LOAD_CRASHED', message, { cause });
}
