import { ServingError } from '@app/core';
import type { Cost } from './cost.js';
import { LoopBudget } from './loop-budget.js';
import type { OnnxModel } from './onnx.runtime.js';
import { ScoringThread, type SharedModel, startWorker } from './scoring-thread.js';

/** How much scoring happens where. */
export interface ScoringLimits {
  /** Longest work in the thread that answers requests; longest slice of a batch elsewhere. */
  readonly budgetMs: number;
  readonly threads: number;
  /** Most work that may wait for the threads. */
  readonly queueMs: number;
  /** Whether a thread may score beside this one: there are processors for both. */
  readonly canHelp: boolean;
}

/** The threads that score what would hold up this one: as few as told, shared by all models, with a bounded queue. */
export class ScoringThreads {
  /** What this thread scores itself. */
  readonly loop: LoopBudget;
  private readonly threads: readonly ScoringThread[];
  private models = 0;
  private queuedMs = 0;
  private refusedBatches = 0;

  constructor(
    readonly limits: ScoringLimits,
    start = startWorker,
  ) {
    this.loop = new LoopBudget(limits.budgetMs);
    this.threads = Array.from({ length: limits.threads }, () => new ScoringThread(start));
  }

  /** Work that waits or is being done, and how many batches were refused because of it. */
  get status(): { readonly queuedMs: number; readonly refused: number } {
    return { queuedMs: this.queuedMs, refused: this.refusedBatches };
  }

  /** Makes a model known to the threads: its bytes are put, once, where all of them can read them. */
  share(model: OnnxModel, { runMs }: Cost): SharedModel {
    const isSlow = runMs > this.limits.budgetMs;
    return { id: ++this.models, isSlow, model: { ...model, onnx: inSharedMemory(model.onnx) } };
  }

  /** Takes a place in the queue and returns the function that gives it back; throws SCORING_QUEUE_FULL where there is none. */
  enter(ms: number): () => void {
    if (this.queuedMs > 0 && this.queuedMs + ms > this.limits.queueMs) throw this.refuse();
    this.queuedMs += ms;
    return () => {
      this.queuedMs -= ms;
    };
  }

  /** The thread to score with: the one that is soonest free, where a session that must be made first counts as a task. */
  choose(shared: SharedModel): ScoringThread {
    const waitOf = (thread: ScoringThread): number => thread.waiting + (thread.holds(shared) ? 0 : 1);
    // The first thread is never kept by one run, so that whatever is cut into slices finds it free soon.
    const threads = shared.isSlow && this.threads.length > 1 ? this.threads.slice(1) : this.threads;
    return threads.reduce((best, thread) => (waitOf(thread) < waitOf(best) ? thread : best));
  }

  /** A thread that has nothing to do and may help this one; undefined where there is none. A model is never opened in one more thread for this. */
  idle(shared: SharedModel): ScoringThread | undefined {
    if (!this.limits.canHelp) return undefined;
    const holders = this.threads.filter((thread) => thread.holds(shared));
    return (holders.length > 0 ? holders : this.threads).find(({ waiting }) => waiting === 0);
  }

  /** Frees what the threads hold of a model. */
  forget({ id }: SharedModel): void {
    for (const thread of this.threads) thread.close(id);
  }

  /** Ends the threads, each when it has done what it is doing. */
  async stop(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.stop()));
  }

  private refuse(): ServingError {
    this.refusedBatches++;
    const retryAfterSeconds = Math.ceil(this.queuedMs / this.threads.length / 1000);
    const message = `${Math.ceil(this.queuedMs)} ms of scoring are waiting already; try again in ${retryAfterSeconds} s`;
    return new ServingError('unavailable', 'SCORING_QUEUE_FULL', message, { retryAfterSeconds });
  }
}

function inSharedMemory(bytes: Uint8Array): Uint8Array {
  if (bytes.buffer instanceof SharedArrayBuffer) return bytes;
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}
