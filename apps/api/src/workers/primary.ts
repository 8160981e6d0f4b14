import cluster from 'node:cluster';
import { fileURLToPath } from 'node:url';
import type { Database } from '@app/database';
import type { Settings } from '@app/platform';
import { fail, say, stopOnSignal } from '../lifecycle.js';
import { QuestionRelay } from './question.relay.js';
import { RetiredCounters } from './retired-counters.js';
import { WorkerProcess } from './worker-process.js';
import { workerEnvironment } from './worker-settings.js';
import { WorkerSupervisor } from './worker.supervisor.js';

/** Serves with several workers on one port; this process has what there is once, the database, and answers no request. */
export async function superviseWorkers(settings: Settings, database: Database): Promise<void> {
  cluster.setupPrimary({
    exec: fileURLToPath(new URL('./worker.main.js', import.meta.url)),
    serialization: 'advanced',
  });
  const supervisor = supervisorOf(settings, database);
  const stop = async (): Promise<void> => {
    // The database last: the workers bring their captures there first.
    await supervisor.stop();
    await database.stop();
  };
  stopOnSignal({ stop, limitMs: settings.shutdownTimeoutMs, giveUp: () => supervisor.kill() });
  const serving = await supervisor.start(settings.workers).catch((error: unknown) => {
    // Those that were told to stop do not start any more: that is no failure.
    if (supervisor.isStopping) return undefined;
    supervisor.kill();
    return fail(error);
  });
  if (!serving) return;
  const { url, grpc } = serving;
  if (grpc !== undefined) say(`gRPC on ${grpc}`);
  say(`Scorekeeper serves on ${url} with ${settings.workers} workers (docs: /docs)`);
}

function supervisorOf(settings: Settings, database: Database): WorkerSupervisor {
  const relay: QuestionRelay = new QuestionRelay(() => supervisor.workers, new RetiredCounters());
  const supervisor: WorkerSupervisor = new WorkerSupervisor({
    start: (hear, first) => new WorkerProcess(cluster.fork(workerEnvironment(settings, database.uri, first)), hear),
    hear: (from, message) => relay.hear(from, message),
    onEnd: (worker) => {
      // Before anyone asks again: the journal that it left is brought to the database by the others, at once.
      relay.tell('settle');
      relay.forget(worker);
    },
    log: say,
  });
  return supervisor;
}
