import type { CaptureDto } from './health.dto.js';

/** What one worker knows of its own health. */
export interface WorkerHealth {
  /** Why it cannot do what is asked of it; empty where it can. */
  readonly reasons: readonly string[];
  readonly capture: CaptureDto;
}

/** Several workers as one service: whatever one of them cannot do, a request may meet. */
export function together(workers: readonly WorkerHealth[]): WorkerHealth {
  const of = (read: (capture: CaptureDto) => number): number[] => workers.map(({ capture }) => read(capture));
  return {
    reasons: [...new Set(workers.flatMap(({ reasons }) => reasons))],
    capture: {
      waiting_rows: sum(of(({ waiting_rows }) => waiting_rows)),
      oldest_ms: Math.max(...of(({ oldest_ms }) => oldest_ms)),
      journal_bytes: sum(of(({ journal_bytes }) => journal_bytes)),
      flush_ms: Math.max(...of(({ flush_ms }) => flush_ms)),
      dropped_rows: sum(of(({ dropped_rows }) => dropped_rows)),
    },
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
