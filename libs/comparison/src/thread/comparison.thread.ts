import { Worker } from 'node:worker_threads';
import { builtFile } from '@app/platform';
import type { Compared } from '../statistics/comparison.js';
import type { ComparisonReport, Progress, ThreadTask } from './comparison-messages.js';

/** Who wants to know how far a comparison is, and may end it. */
export interface Watcher {
  readonly onProgress?: (progress: Progress) => void;
  /** Ends it after the batch that is at work; what was compared until then is the answer. */
  readonly signal: AbortSignal;
}

/** Compares in a thread of its own, so that no request waits for it. */
export function compareInThread(task: ThreadTask, { onProgress, signal }: Watcher): Promise<Compared> {
  const worker = new Worker(builtFile(import.meta.url, './comparison.worker.js'), { workerData: task, env: {} });
  // Never terminated: that ends the whole process where it hits ONNX Runtime at work.
  const stop = (): void => worker.postMessage({ stop: true });
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  let outcome: Exclude<ComparisonReport, { progress: unknown }> | undefined;
  worker.on('message', (report: ComparisonReport) => {
    if ('progress' in report) onProgress?.(report.progress);
    else outcome = report;
  });
  return new Promise<Compared>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => {
      if (outcome && 'done' in outcome) resolve(outcome.done);
      else reject(new Error(outcome?.failed.message ?? 'the thread that compares has ended'));
    });
  }).finally(() => signal.removeEventListener('abort', stop));
}
