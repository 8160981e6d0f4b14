import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = 10;
// What waits keeps the request it came with: some times as much.
const MOST_BYTES = 64 * 1024 * 1024;
/** Share of a pause in which the thread that answers had something to do. */
const MOST_UTILIZATION = 0.9;

/** What is done with what waits in a queue; `score` never rejects. */
export interface ShadowWork<T> {
  readonly mostRows: number;
  /** How many rows are scored together. */
  rowsAtOnce(): number;
  /** True where others wait for the threads that score. */
  isBusy(): boolean;
  score(offers: readonly T[]): Promise<unknown>;
}

/** Requests that one shadow has yet to score: in bulk, one bulk after the other, and only while answering leaves time for it. */
export class ShadowQueue<T extends { readonly count: number; readonly bytes: number }> {
  private waiting: T[] = [];
  private rowCount = 0;
  private byteCount = 0;
  private isWorking = false;

  constructor(private readonly work: ShadowWork<T>) {}

  /** Rows that wait. */
  get rows(): number {
    return this.rowCount;
  }

  /** Takes a request, and says whether there was room for its rows. */
  add(offer: T): boolean {
    if (this.rowCount + offer.count > this.work.mostRows || this.byteCount + offer.bytes > MOST_BYTES) return false;
    this.waiting.push(offer);
    this.rowCount += offer.count;
    this.byteCount += offer.bytes;
    if (!this.isWorking) void this.scoreAll();
    return true;
  }

  /** Forgets what waits. */
  clear(): void {
    this.waiting = [];
    this.rowCount = 0;
    this.byteCount = 0;
  }

  private async scoreAll(): Promise<void> {
    this.isWorking = true;
    while (this.waiting.length > 0) {
      const before = performance.eventLoopUtilization();
      await sleep(PAUSE_MS, undefined, { ref: false });
      const { utilization } = performance.eventLoopUtilization(before);
      if (utilization <= MOST_UTILIZATION && !this.work.isBusy()) await this.work.score(this.take());
    }
    this.isWorking = false;
  }

  private take(): T[] {
    const most = this.work.rowsAtOnce();
    let rows = 0;
    const end = this.waiting.findIndex(({ count }) => (rows += count) > most);
    const taken = this.waiting.splice(0, end < 0 ? this.waiting.length : Math.max(1, end));
    for (const { count, bytes } of taken) {
      this.rowCount -= count;
      this.byteCount -= bytes;
    }
    return taken;
  }
}
