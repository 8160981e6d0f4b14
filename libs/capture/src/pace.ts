import { type EventLoopUtilization, performance } from 'node:perf_hooks';

const BUSY = 0.5;
const MOST_LAG_MS = 5_000;

/** Says when shipping gives way to requests: while these have much to do, and nobody waits for what is to be shipped. */
export class Pace {
  private last: EventLoopUtilization = performance.eventLoopUtilization();

  /** To be asked again and again; `oldestMs` says for how long the oldest capture has waited: captures are never late for longer than 5 s because of this. */
  givesWay(oldestMs: number, isAwaited: boolean): boolean {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, this.last);
    this.last = now;
    return utilization > BUSY && oldestMs < MOST_LAG_MS && !isAwaited;
  }
}
