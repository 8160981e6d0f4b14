import { type EventLoopUtilization, performance } from 'node:perf_hooks';

const BUSY = 0.75;
const MOST_RESTS = 3;
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

/** Says how shipping gives way to requests: by rests while these have much to do, and nobody waits for what is to be shipped. */
export class Pace {
  private last: EventLoopUtilization = performance.eventLoopUtilization();

  /**
   * How many times as long as it works it rests, to be asked again and again: less and less the longer the oldest capture waits,
   * so that its pace finds to what comes. None is late for longer than 5 s, and the journal no more than half full, because of this.
   */
  restsPerWork({ oldestMs, fill, isAwaited }: Waiting): number {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, this.last);
    this.last = now;
    if (utilization <= BUSY || fill >= MOST_FILL || isAwaited) return 0;
    return MOST_RESTS * Math.max(0, 1 - oldestMs / MOST_LAG_MS);
  }
}
