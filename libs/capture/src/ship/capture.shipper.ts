import { Worker } from 'node:worker_threads';
import { isBefore, type Position } from '@app/journal';
import { builtFile } from '@app/platform';
import type { ShipOrder, ShipReport, ShipTask } from './ship.protocol.js';

/** What happens on the way to the database, for whoever logs and counts. */
export interface ShipEvents {
  readonly onShipped: (position: Position, rows: number, flushMs: number) => void;
  readonly onAdopted: (folder: string) => void;
  readonly onDamaged: (segment: number, bytes: number) => void;
  readonly onAway: (reason: string) => void;
  readonly onRefused: (count: number, file: string, reason: string) => void;
  readonly onCrashed: (cause: Error) => void;
}

interface Waiter {
  readonly position: Position;
  readonly resolve: () => void;
}

// It holds two shipments at most; without limits its garbage would wait for as much memory as the machine has. What it
// makes is bytes outside of the heap, which go with the few objects beside them: so the space for these is small.
const LIMITS = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 3 };
const START_AGAIN_MS = 1_000;

/** Carries the journal to the database in a thread of its own, so that no request waits for it. */
export class CaptureShipper {
  private worker: Worker;
  private committed: Position | undefined;
  private shipped: Position = { segment: 0, offset: 0 };
  private waiters: Waiter[] = [];
  private readonly adopting = new Set<string>();
  private isStopping = false;
  private restsPerWork = 0;

  constructor(
    private readonly task: ShipTask,
    private readonly events: ShipEvents,
  ) {
    this.worker = this.start();
  }

  /** Tells the thread how far the journal may be read. */
  ship(committed: Position): void {
    if (this.committed && !isBefore(this.committed, committed)) return;
    this.committed = committed;
    this.order({ committed });
  }

  /** Ships what an earlier process left in another folder. */
  adopt(folder: string): void {
    this.adopting.add(folder);
    this.rest(0);
    this.order({ adopt: folder });
  }

  /** True where somebody waits for what is to be shipped; for what others have left everybody does. */
  get isAwaited(): boolean {
    return this.waiters.length > 0 || this.adopting.size > 0;
  }

  /** Has the thread rest so many times as long as it works, so that the processors are there for requests; 0 where it shall hurry. */
  rest(restsPerWork: number): void {
    if (restsPerWork !== this.restsPerWork) this.order({ restsPerWork });
    this.restsPerWork = restsPerWork;
  }

  /** Resolves once everything before a position is in the database. */
  reach(position: Position): Promise<void> {
    this.rest(0);
    if (!isBefore(this.shipped, position)) return Promise.resolve();
    this.ship(position);
    return new Promise((resolve) => this.waiters.push({ position, resolve }));
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await this.worker.terminate();
  }

  private start(): Worker {
    const options = { workerData: this.task, env: {}, resourceLimits: LIMITS };
    const worker = new Worker(builtFile(import.meta.url, './ship.worker.js'), options);
    worker.on('message', (report: ShipReport) => this.hear(report));
    worker.on('error', (cause) => this.events.onCrashed(cause as Error));
    worker.once('exit', () => this.startAgain());
    worker.unref();
    return worker;
  }

  // What was on its way is shipped again: the ids make that harmless.
  private startAgain(): void {
    if (this.isStopping) return;
    setTimeout(() => {
      if (this.isStopping) return;
      this.worker = this.start();
      this.restsPerWork = 0;
      if (this.committed) this.order({ committed: this.committed });
      for (const folder of this.adopting) this.order({ adopt: folder });
    }, START_AGAIN_MS).unref();
  }

  private hear(report: ShipReport): void {
    if ('shipped' in report) return this.onShipped(report.shipped, report.rows, report.flushMs);
    if ('adopted' in report) return this.onAdopted(report.adopted);
    if ('damaged' in report) return this.events.onDamaged(report.damaged.segment, report.damaged.bytes);
    if ('away' in report) return this.events.onAway(report.away);
    this.events.onRefused(report.refused.count, report.refused.file, report.refused.reason);
  }

  private onShipped(position: Position, rows: number, flushMs: number): void {
    // A thread that was started again begins at the oldest segment again.
    if (isBefore(this.shipped, position)) this.shipped = position;
    this.events.onShipped(position, rows, flushMs);
    const reached = this.waiters.filter((waiter) => !isBefore(position, waiter.position));
    this.waiters = this.waiters.filter((waiter) => isBefore(position, waiter.position));
    for (const { resolve } of reached) resolve();
  }

  private onAdopted(folder: string): void {
    this.adopting.delete(folder);
    this.events.onAdopted(folder);
  }

  private order(order: ShipOrder): void {
    this.worker.postMessage(order);
  }
}
