import { CAPTURE_COLLECTION, CaptureHistory, firstIdOf } from '@app/capture';
import { ServingError } from '@app/core';
import { DatabaseAddress } from '@app/database';
import { ModelCatalogue } from '@app/registry';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Compared, Comparison } from './statistics/comparison.js';
import type { Tallied } from './statistics/tally.js';
import { compareInThread } from './thread/comparison.thread.js';
import type { ShadowTask } from './thread/comparison-messages.js';

/** Which versions to compare, over which time. */
export interface ComparisonQuery {
  readonly candidate: number;
  /** The active version where it is left out. */
  readonly baseline?: number;
  /** First moment that is wanted; a day ago where it is left out. */
  readonly from?: Date;
  /** First moment that is no longer wanted. */
  readonly to?: Date;
  /** The latest pairs, at most this many. */
  readonly limit: number;
}

/** Two versions over the requests that one has answered and the other has scored along. */
export interface ComparedVersions {
  readonly candidate: number;
  readonly baseline: number;
  readonly comparison: Comparison;
  readonly skipped: readonly Tallied[];
}

const DAY_MS = 86_400_000;
const MOST_WAITING = 8;

/** Compares what a shadow has scored with what was answered. */
@Injectable()
export class VersionComparison implements OnApplicationShutdown {
  private readonly stopped = new AbortController();
  private turn: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  constructor(
    private readonly catalogue: ModelCatalogue,
    private readonly history: CaptureHistory,
    private readonly address: DatabaseAddress,
  ) {}

  /** Compares; throws NOTHING_TO_COMPARE where the two have no request in common. */
  async compare(model: string, query: ComparisonQuery): Promise<ComparedVersions> {
    const task = await this.taskOf(model, query);
    await this.history.seeOwnWrites();
    const { comparison, skipped } = await this.inTurn(() => this.run(task));
    if (!comparison) throw nothing(model, task, skipped);
    return { candidate: task.candidate, baseline: task.baseline, comparison, skipped };
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    await this.turn;
  }

  private async taskOf(model: string, { candidate, baseline, from, to, limit }: ComparisonQuery): Promise<ShadowTask> {
    const { traffic } = await this.catalogue.version(model, candidate);
    const other = baseline ?? traffic?.active ?? (await this.catalogue.traffic(model)).active;
    if (other === candidate) throw same(candidate);
    if (baseline !== undefined) await this.catalogue.version(model, baseline);
    const fromId = firstIdOf(from?.getTime() ?? (to?.getTime() ?? Date.now()) - DAY_MS).toHexString();
    const span = { model, fromId, ...(to && { toId: firstIdOf(to.getTime()).toHexString() }), limit };
    return { kind: 'shadow', span, candidate, baseline: other };
  }

  // One after the other: each reads as fast as it may.
  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.waiting >= MOST_WAITING) throw busy();
    this.waiting++;
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    return mine.finally(() => this.waiting--);
  }

  private async run(task: ShadowTask): Promise<Compared> {
    const { signal } = this.stopped;
    try {
      return await compareInThread({ uri: this.address.uri, collection: CAPTURE_COLLECTION, task }, { signal });
    } catch (cause) {
      const message = 'the versions cannot be compared now: the database does not answer; try again';
      throw new ServingError('unavailable', 'COMPARISON_UNAVAILABLE', message, { cause, retryAfterSeconds: 1 });
    }
  }
}

function same(version: number): ServingError {
  const message = `the candidate and the baseline are both version ${version}: name two versions`;
  return new ServingError('invalid-input', 'COMPARISON_INVALID', message);
}

function busy(): ServingError {
  const message = `${MOST_WAITING} comparisons wait already; try again when one has ended`;
  return new ServingError('too-many', 'COMPARISONS_BUSY', message, { retryAfterSeconds: 5 });
}

function nothing(model: string, { candidate, baseline }: ShadowTask, skipped: readonly Tallied[]): ServingError {
  const why = skipped.map(({ reason, count }) => ` (${count}: ${reason})`).join('');
  const what = `version ${candidate} has scored no request that version ${baseline} has answered in that time${why}`;
  const message = `${what}; make it a shadow (PUT /models/${model}/traffic) or replay what was answered (POST /models/${model}/replay)`;
  return new ServingError('conflict', 'NOTHING_TO_COMPARE', message);
}
