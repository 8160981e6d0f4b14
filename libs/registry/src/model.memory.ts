import { availableParallelism } from 'node:os';
import { Metrics, Settings } from '@app/platform';
import { type Cost, loadRuntime, ScoringThreads, startEngine } from '@app/runtime';
import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { LoadedModel } from './loaded-model.js';
import type { ModelVersion } from './model-version.schema.js';

/** Brings versions into memory, in this thread or in those that score for it. */
@Injectable()
export class ModelMemory implements OnModuleInit, OnApplicationShutdown {
  private readonly threads: ScoringThreads;

  constructor({ scoringBudgetMs, scoringThreads, scoringQueueMs }: Settings, metrics: Metrics) {
    const threads = scoringThreads || Math.max(2, availableParallelism() - 1);
    this.threads = new ScoringThreads({ budgetMs: scoringBudgetMs, threads, queueMs: scoringQueueMs });
    const show = (name: string, help: string, read: () => number): void =>
      metrics.gauge(`scorekeeper_scoring_${name}`, help, read);
    show('queue_ms', 'Scoring that waits for threads, in milliseconds', () => this.threads.status.queuedMs);
    show('refused_total', 'Requests refused because that queue was full', () => this.threads.status.refused);
  }

  /** A version that can score; throws a ServingError where it cannot be loaded. */
  async load({ model, version, signature, wiring }: ModelVersion, onnx: Uint8Array, cost: Cost): Promise<LoadedModel> {
    const runtime = await loadRuntime({ onnx, signature, wiring }, cost, this.threads);
    return new LoadedModel(model, version, signature, runtime);
  }

  // Before the service is ready: its first upload shall not hold it up.
  onModuleInit(): Promise<void> {
    return startEngine();
  }

  onApplicationShutdown(): Promise<void> {
    return this.threads.stop();
  }
}
