import { Worker } from 'node:worker_threads';
import { type Rows, ServingError } from '@app/core';
import { FairQueue } from './fair-queue.js';
import type { OnnxModel } from './onnx.runtime.js';
import type { Scored, ThreadAnswer, ThreadOrder } from './thread-messages.js';

/** A model that threads may hold: its bytes lie in memory that they share. */
export interface SharedModel {
  readonly id: number;
  readonly model: OnnxModel;
  /** True where a single row takes longer than the budget. */
  readonly isSlow: boolean;
}

/** Rows for a thread. */
export interface Work {
  /** None: only open the model. */
  readonly rows?: Rows;
  /** Only those that are left: the `taken` of their ClaimedSlices, whose other end this thread scores. */
  readonly taken?: Int32Array<SharedArrayBuffer>;
  /** All that somebody waits for, and not a slice of it. */
  readonly isShort: boolean;
  readonly signal?: AbortSignal;
}

interface Task extends Work {
  readonly shared: SharedModel;
  readonly resolve: (scored: Scored) => void;
  readonly reject: (reason: unknown) => void;
}

// Node starts only built files: from source (a test) it is the same file under dist.
const ENTRY = new URL(
  './scoring.thread.js',
  import.meta.url.replace(/\/libs\/(?=runtime\/src\/.*\.ts$)/, '/dist/libs/'),
);

/** Starts the worker of a scoring thread. */
export function startWorker(): Worker {
  return new Worker(ENTRY, { env: {} });
}

/**
 * A thread that scores for this one, one task at a time; it starts with its first task, and again after a crash.
 * It is never terminated from outside: that ends the whole process when it hits ONNX Runtime at work.
 */
export class ScoringThread {
  private worker: Worker | undefined;
  private running: Task | undefined;
  private readonly queue = new FairQueue<Task>();
  private readonly opened = new Set<number>();
  private isStopping = false;

  constructor(private readonly start: () => Worker = startWorker) {}

  /** How many tasks are before a new one. */
  get waiting(): number {
    return this.queue.length + (this.running ? 1 : 0);
  }

  holds({ id }: SharedModel): boolean {
    return this.opened.has(id);
  }

  /** Makes a session of a model; throws a ServingError where that cannot be. */
  async open(shared: SharedModel): Promise<void> {
    await this.score(shared, { isShort: true });
  }

  /** Scores these rows; the thread opens the model where it has not. */
  score(shared: SharedModel, work: Work): Promise<Scored> {
    return new Promise((resolve, reject) => {
      this.queue.push({ ...work, shared, resolve, reject });
      this.next();
    });
  }

  /** Frees the session of a model. */
  close(id: number): void {
    if (this.opened.delete(id)) this.tell({ close: id });
  }

  /** Ends the thread when it has done what it is doing. */
  async stop(): Promise<void> {
    const { worker } = this;
    this.isStopping = true;
    for (const { reject } of this.queue.drain()) reject(lost(undefined));
    if (!worker) return;
    worker.ref();
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    this.tell({ stop: true });
    await ended;
  }

  private next(): void {
    if (this.running) return;
    this.running = this.nextWanted();
    if (!this.running) return this.rest();
    try {
      this.begin(this.running);
    } catch (error) {
      // The system may have no thread to give.
      this.lose(error);
    }
  }

  // Whoever stops it waits for its end.
  private rest(): void {
    if (!this.isStopping) this.worker?.unref();
  }

  private nextWanted(): Task | undefined {
    for (let task = this.queue.shift(); task; task = this.queue.shift()) {
      if (!task.signal?.aborted) return task;
      task.reject(task.signal.reason);
    }
    return undefined;
  }

  private begin({ shared: { id, model }, rows, taken }: Task): void {
    this.worker ??= this.startOne();
    this.worker.ref();
    if (!this.opened.has(id)) this.tell({ open: id, model });
    this.opened.add(id);
    this.tell(
      { score: id, ...(rows && { rows }), ...(taken && { taken }) },
      rows ? [rows.numbers.buffer as ArrayBuffer] : [],
    );
  }

  private tell(order: ThreadOrder, transferred: ArrayBuffer[] = []): void {
    this.worker?.postMessage(order, transferred);
  }

  private startOne(): Worker {
    const worker = this.start();
    let cause: unknown;
    worker.on('message', (answer: ThreadAnswer) => this.take(answer));
    worker.once('error', (error) => (cause = error));
    worker.once('exit', () => this.lose(cause));
    return worker;
  }

  private take(answer: ThreadAnswer): void {
    if ('ms' in answer) this.queue.account(this.running!, answer.ms);
    this.settle((task) => give(answer, task));
  }

  // Next before the answer is used: the thread scores on while this one reads what it has got.
  private settle(how: (task: Task) => void): void {
    const task = this.running!;
    this.running = undefined;
    this.next();
    how(task);
  }

  // Only the task at work may have been the reason; those that wait are done by a new thread.
  private lose(cause: unknown): void {
    this.worker = undefined;
    this.opened.clear();
    if (this.running) this.settle(({ reject }) => reject(lost(cause)));
  }
}

function give(answer: ThreadAnswer, { resolve, reject }: Task): void {
  if ('parts' in answer) return resolve(answer);
  if ('failed' in answer) return reject(new Error(answer.failed.message));
  const { kind, code, message, problems } = answer.refused;
  reject(new ServingError(kind, code, message, { problems }));
}

function lost(cause: unknown): ServingError {
  const message = 'the thread that scored these rows has ended, and another takes its place; try again';
  return new ServingError('unavailable', 'SCORING_THREAD_LOST', message, { cause, retryAfterSeconds: 1 });
}
