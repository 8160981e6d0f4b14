import { setTimeout as sleep } from 'node:timers/promises';
import type { FromWorker, Serving } from '@app/platform';
import { BackOff } from './back-off.js';
import type { WorkerProcess } from './worker-process.js';

/** What a supervisor needs of those around it. */
export interface Surroundings {
  /** Starts a process; `first` is where the first one serves, once it does. */
  readonly start: (hear: (from: WorkerProcess, message: FromWorker) => void, first?: Serving) => WorkerProcess;
  readonly hear: (from: WorkerProcess, message: FromWorker) => void;
  readonly onEnd: (worker: WorkerProcess) => void;
  readonly log: (line: string) => void;
}

/** Keeps as many workers running as it has started, until it is told to stop. */
export class WorkerSupervisor {
  private readonly running = new Set<WorkerProcess>();
  private readonly backOff = new BackOff();
  private readonly stopping = new AbortController();
  private first: Serving | undefined;

  constructor(private readonly around: Surroundings) {}

  get workers(): readonly WorkerProcess[] {
    return [...this.running];
  }

  get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  /** Resolves when all serve; throws the reason of the first that cannot. */
  async start(count: number): Promise<Serving> {
    // The first one alone: it registers the models that the others then find, and serves soonest.
    this.first = await this.launch();
    await Promise.all(Array.from({ length: count - 1 }, () => this.launch()));
    return this.first;
  }

  /** Resolves when every worker has stopped in its own way. */
  async stop(): Promise<void> {
    this.stopping.abort();
    for (const worker of this.running) worker.stop();
    await Promise.all(this.workers.map(({ ended }) => ended));
  }

  /** Ends the workers without further ado. */
  kill(): void {
    this.stopping.abort();
    for (const worker of this.running) worker.kill();
  }

  private async launch(): Promise<Serving> {
    const worker = this.around.start(this.around.hear, this.first);
    this.running.add(worker);
    void worker.ended.then((how) => this.onEnd(worker, how));
    return worker.started;
  }

  // Where no worker is left, the port is closed, and `PORT=0` takes another one.
  private sayWhere(serving: Serving): void {
    if (serving.url !== this.first!.url) this.around.log(`Scorekeeper serves on ${serving.url} now`);
    this.first = serving;
  }

  private onEnd(worker: WorkerProcess, how: string): void {
    this.running.delete(worker);
    this.around.onEnd(worker);
    // One that never served is the matter of whoever started it.
    if (this.isStopping || worker.serving === undefined) return;
    this.around.log(`a worker ended (${how}) after ${Math.round(worker.livedMs / 1000)} s: starting another one`);
    void this.replace(worker);
  }

  private async replace({ livedMs }: WorkerProcess): Promise<void> {
    const { signal } = this.stopping;
    for (let pauseMs = this.backOff.after(livedMs); ; pauseMs = this.backOff.after(0)) {
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        return this.sayWhere(await this.launch());
      } catch (error) {
        if (!signal.aborted) this.around.log(`a worker did not start: ${(error as Error).message}`);
      }
    }
  }
}
