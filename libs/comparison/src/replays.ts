import { setTimeout as sleep } from 'node:timers/promises';
import { CAPTURE_COLLECTION, CaptureHistory, firstIdOf } from '@app/capture';
import { ServingError, type Signature } from '@app/core';
import { DatabaseAddress } from '@app/database';
import { Settings } from '@app/platform';
import { ModelCatalogue } from '@app/registry';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Replay } from './replay.schema.js';
import { type ReplayChange, ReplayStore } from './replay.store.js';
import { compareInThread } from './thread/comparison.thread.js';
import type { Progress, ReplayTask } from './thread/comparison-messages.js';

/** What is to be scored once more, and with which version. */
export interface WantedReplay {
  readonly candidate: number;
  /** Only what this version has answered. */
  readonly baseline?: number;
  /** The latest records, at most this many. */
  readonly last: number;
  readonly from?: Date;
  readonly to?: Date;
}

const REPORT_EVERY_MS = 500;

/** Scores what was answered with a version that need not be live: in a thread of its own, one replay at a time. */
@Injectable()
export class Replays implements OnApplicationShutdown {
  private readonly logger = new Logger(Replays.name);
  private readonly shutdown = new AbortController();
  private isBusy = false;
  private working: Promise<void> = Promise.resolve();

  constructor(
    private readonly catalogue: ModelCatalogue,
    private readonly history: CaptureHistory,
    private readonly store: ReplayStore,
    private readonly address: DatabaseAddress,
    private readonly settings: Settings,
  ) {}

  /** Begins a replay, and gives it as it begins; throws REPLAY_RUNNING where this process replays already. */
  async start(model: string, wanted: WantedReplay): Promise<Replay> {
    if (this.isBusy) throw running();
    this.isBusy = true;
    try {
      const task = await this.taskOf(model, wanted);
      await this.history.seeOwnWrites();
      const { candidate, baseline, last } = wanted;
      const replay = await this.store.begin({
        model,
        candidate,
        wanted: last,
        ...(baseline !== undefined && { baseline }),
      });
      this.working = this.run(replay, task).finally(() => (this.isBusy = false));
      return replay;
    } catch (error) {
      this.isBusy = false;
      throw error;
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.shutdown.abort();
    await this.working;
  }

  private async taskOf(model: string, { candidate, baseline, last, from, to }: WantedReplay): Promise<ReplayTask> {
    const { version } = await this.catalogue.version(model, candidate);
    if (baseline !== undefined) await this.catalogue.version(model, baseline);
    this.checkKept(version.signature);
    const { bytes: onnx } = await this.catalogue.onnx(model, candidate);
    // Not what comes from now on: a replay must not follow what it is replaying.
    const toId = firstIdOf(to?.getTime() ?? Date.now() + 1).toHexString();
    const span = { model, limit: last, ...(from && { fromId: firstIdOf(from.getTime()).toHexString() }), toId };
    const { signature, wiring } = version;
    const loadable = { onnx: new Uint8Array(onnx), signature, wiring };
    return { kind: 'replay', span, candidate: loadable, ...(baseline !== undefined && { baseline }) };
  }

  // A hash is a text like any other, and what is left out is like what was missing: the candidate would score them as such.
  private checkKept({ features }: Signature): void {
    const { captureHash, captureOmit } = this.settings;
    const hidden = features.find(({ name }) => captureHash.includes(name) || captureOmit.includes(name));
    if (!hidden) return;
    const message = `the history does not hold the values of ${JSON.stringify(hidden.name)} (CAPTURE_HASH, CAPTURE_OMIT), which the candidate takes`;
    throw new ServingError('invalid-input', 'REPLAY_INVALID', message);
  }

  private async run({ _id }: Replay, task: ReplayTask): Promise<void> {
    const stopped = new AbortController();
    const signal = AbortSignal.any([this.shutdown.signal, stopped.signal]);
    const ended = new AbortController();
    let progress: Progress = { compared: 0, skipped: 0 };
    const reporting = this.reportUntil(ended.signal, async () => {
      if (!(await this.store.report(_id, progress))) stopped.abort();
    });
    const outcome = await this.outcomeOf(task, { signal, onProgress: (now) => (progress = now) });
    ended.abort();
    await reporting;
    await this.end(_id, { ...progress, ...outcome });
  }

  private async outcomeOf(task: ReplayTask, watcher: Parameters<typeof compareInThread>[1]): Promise<ReplayChange> {
    try {
      const outcome = await compareInThread({ uri: this.address.uri, collection: CAPTURE_COLLECTION, task }, watcher);
      const ending = this.shutdown.signal.aborted ? 'interrupted' : 'stopped';
      return { outcome, state: watcher.signal.aborted ? ending : 'done' };
    } catch (error) {
      this.logger.warn({ err: error }, 'a replay broke off');
      return { state: 'failed', failure: (error as Error).message };
    }
  }

  private async reportUntil(ended: AbortSignal, report: () => Promise<void>): Promise<void> {
    while (!ended.aborted) {
      await sleep(REPORT_EVERY_MS, undefined, { ref: false, signal: ended }).catch(() => undefined);
      // A database that is away for a moment is no reason to end: the thread itself finds out whether it can read.
      if (!ended.aborted) await report().catch(() => undefined);
    }
  }

  private async end(id: Replay['_id'], change: ReplayChange): Promise<void> {
    try {
      await this.store.report(id, change);
    } catch (error) {
      this.logger.error({ err: error }, 'the outcome of a replay could not be kept; it will show as interrupted');
    }
  }
}

function running(): ServingError {
  const message = 'this process replays already, one replay at a time: wait for it, or stop it (DELETE …/replays/{id})';
  return new ServingError('conflict', 'REPLAY_RUNNING', message, { retryAfterSeconds: 10 });
}
