import type { Worker } from 'node:cluster';

import type { FromWorker, Serving, ToWorker } from '@app/platform';
import { HandedConnections } from './handed-connections.js';

/** One worker process, from its start to its end. */
export class WorkerProcess {
  readonly id: number;
  /** Whether it hears what it is told: Node drops what comes before. */
  isListening = false;
  /** Where it serves, once it does. */
  serving: Serving | undefined;
  /** Resolves when it serves; throws the reason where it ends before. */
  readonly started: Promise<Serving>;
  /** How it ended, once it has. */
  readonly ended: Promise<string>;
  private failure: string | undefined;
  private readonly startedMs = performance.now();

  constructor(
    private readonly worker: Worker,
    onMessage: (from: WorkerProcess, message: FromWorker) => void,
  ) {
    this.id = worker.id;
    // A message that does not reach a process that is just ending: its end is told by `exit`.
    worker.on('error', () => undefined);
    const connections = new HandedConnections(worker);
    this.ended = new Promise((resolve) => {
      worker.once('exit', (code, signal) => {
        connections.close();
        resolve(signal || `exit code ${code}`);
      });
    });
    this.started = new Promise((resolve, reject) => {
      worker.on('message', (message: FromWorker) => {
        if (message.kind === 'listens') this.isListening = true;
        if (message.kind === 'serves') resolve((this.serving = message.serving));
        if (message.kind === 'failed') this.failure = message.reason;
        onMessage(this, message);
      });
      void this.ended.then((how) => reject(new Error(this.failure ?? `a worker ended (${how}) before it served`)));
    });
    // Whoever starts it looks at this later, if at all.
    this.started.catch(() => undefined);
  }

  get livedMs(): number {
    return performance.now() - this.startedMs;
  }

  send(message: ToWorker): void {
    if (this.worker.isConnected()) this.worker.send(message, undefined, () => undefined);
  }

  /** Has it stop in its own way, or at once where it has not begun to serve. */
  stop(): void {
    if (this.isListening) this.send({ kind: 'stop' });
    else this.kill();
  }

  kill(): void {
    this.worker.process.kill('SIGKILL');
  }
}
