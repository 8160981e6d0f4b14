import { type EventLoopUtilization, performance } from 'node:perf_hooks';

const BUSY = 0.5;
const MOST_LAG_MS = 5_000;
const MOST_FILL = 0.5;

/** What is to be shipped. */
export interface Waiting {
  /** How long the oldest capture has waited. */
  readonly oldestMs: number;
  /** How full the journal is, from 0 to 1. */
  readonly fill: number;
  /** Whether somebody waits for it. */
  readonly isAwaited: boolean;
}

/** Says when shipping gives way to requests: while these have much to do, and nobody waits for what is to be shipped. */
export class Pace {
  private last: EventLoopUtilization = performance.eventLoopUtilization();

  /** To be asked again and again; no capture is late for longer than 5 s, and the journal no more than half full, because of this. */
  givesWay({ oldestMs, fill, isAwaited }: Waiting): boolean {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, this.last);
    this.last = now;
    return utilization > BUSY && oldestMs < MOST_LAG_MS && fill < MOST_FILL && !isAwaited;
  }
}
