import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { ServingError } from '@app/core';
import { type TrialAnswer, type TrialLimits, TrialProcess, type TrialTask } from './trial-process.js';

/** A task for this thread, and where its answer goes. */
export interface TrialRequest {
  readonly task: TrialTask;
  readonly reply: MessagePort;
}

const trial = new TrialProcess(workerData as TrialLimits);

// Starting a process takes as long as its parent is large: long enough to hold up a service, so it happens here.
parentPort!.on('message', ({ task, reply }: TrialRequest) => {
  void answer(task).then((answered) => reply.postMessage(answered));
});

async function answer(task: TrialTask): Promise<TrialAnswer> {
  try {
    return await trial.run(task);
  } catch (error) {
    if (!(error instanceof ServingError)) throw error;
    return { refused: { code: error.code, message: error.message } };
  }
}
