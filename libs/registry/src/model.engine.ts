import { availableParallelism } from 'node:os';
import { Metrics, Settings } from '@app/platform';
import { type Cost, loadRuntime, type ModelRuntime, type OnnxModel, ScoringThreads, startEngine } from '@app/runtime';
import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { ModelTrial } from './model.trial.js';

/** Opens models for scoring, in this thread or in those that score for it. */
@Injectable()
export class ModelEngine implements OnModuleInit, OnApplicationShutdown {
  private readonly threads: ScoringThreads;

  constructor(
    { scoringBudgetMs: budgetMs, scoringThreads, scoringQueueMs: queueMs, workers }: Settings,
    metrics: Metrics,
    private readonly trial: ModelTrial,
  ) {
    const cores = availableParallelism();
    const threads = scoringThreads || Math.max(2, cores - 1);
    this.threads = new ScoringThreads({ budgetMs, threads, queueMs, canHelp: cores > workers });
    const name = 'scorekeeper_scoring';
    const status = () => this.threads.status;
    metrics.gauge(`${name}_queue_ms`, 'Scoring that waits for threads, in milliseconds', () => status().queuedMs);
    metrics.total(`${name}_refused_total`, 'Requests refused because that queue was full', () => status().refused);
  }

  /** True while work waits for the threads or is done there. */
  get isBusy(): boolean {
    return this.threads.status.queuedMs > 0;
  }

  /** A model that can score, timed first where its cost is not known; throws a ServingError where it cannot be opened. */
  async open(model: OnnxModel, cost?: Cost): Promise<ModelRuntime> {
    return loadRuntime(model, cost ?? (await this.trial.run({ model })), this.threads);
  }

  // Before the service is ready: its first upload shall not hold it up.
  onModuleInit(): void {
    startEngine();
  }

  onApplicationShutdown(): Promise<void> {
    return this.threads.stop();
  }
}
