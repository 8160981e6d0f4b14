import { Metrics } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { ProblemAnswers } from '../http/problem.answers.js';
import type { Door, DoorAnswer, DoorCall } from './door.js';

// From a prediction of one row to a large batch.
const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Stands at every door, whichever carrier comes: counts and times its requests, and words its refusals. */
@Injectable()
export class DoorKeeper {
  private readonly seconds: ReturnType<Metrics['histogram']>;
  private readonly countOf: ReturnType<Metrics['counter']>;
  private readonly byStatus = new Map<number, ReturnType<typeof this.countOf>>();

  constructor(
    metrics: Metrics,
    private readonly problems: ProblemAnswers,
  ) {
    const name = 'scorekeeper_prediction_requests';
    this.seconds = metrics.histogram(`${name}_seconds`, 'Time from the whole request to its answer', SECONDS);
    this.countOf = metrics.counter(`${name}_total`, 'Answered prediction requests by HTTP status', 'status');
  }

  /** The answer of a door; an error becomes the answer that its protocol has for it. */
  async answer(door: Door, call: DoorCall): Promise<DoorAnswer> {
    const startedMs = performance.now();
    const answer = await door.answer(call).catch((error: unknown) => this.problems.of(error, call));
    this.seconds.observe((performance.now() - startedMs) / 1000);
    this.count(answer.status);
    return answer;
  }

  /** Notes that an answer broke off on its way, unless that is because its caller has gone. */
  brokenOff(error: unknown, { requestId, signal }: DoorCall): void {
    if (!signal.aborted) this.problems.brokenOff(error, requestId);
  }

  /** Counts an answer. */
  count(status: number): void {
    let counter = this.byStatus.get(status);
    if (!counter) this.byStatus.set(status, (counter = this.countOf(String(status))));
    counter.inc();
  }
}
