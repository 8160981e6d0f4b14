import { Metrics, Settings } from '@app/platform';
import { ModelEngine } from '@app/registry';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { PredictionRequest } from './prediction-request.js';
import { ShadowQueue } from './shadow.queue.js';
import { type Answered, type ShadowOffer, type ShadowOutcome, ShadowScorer } from './shadow.scorer.js';
import type { Route } from './traffic.router.js';

const OUTCOMES: Readonly<Record<ShadowOutcome, string>> = {
  rows: 'Rows that shadows scored and that are kept',
  shed: 'Rows that shadows left out, as there was too much to do',
  skipped: 'Rows that do not fit a shadow, or came to it when it was gone',
  failed: 'Rows that shadows could not score',
};

/** Has shadows score what was answered, later and in bulk: that never delays or breaks an answer and gives way first under load. */
@Injectable()
export class Shadows implements OnApplicationShutdown {
  private readonly queues = new Map<string, ShadowQueue<ShadowOffer>>();
  private readonly counters = new Map<string, ReturnType<Metrics['counter']>>();

  constructor(
    private readonly scorer: ShadowScorer,
    private readonly engine: ModelEngine,
    private readonly settings: Settings,
    metrics: Metrics,
  ) {
    for (const [outcome, help] of Object.entries(OUTCOMES))
      this.counters.set(outcome, metrics.counter(`scorekeeper_shadow_${outcome}_total`, help, 'model'));
    const waiting = (): number => [...this.queues.values()].reduce((sum, { rows }) => sum + rows, 0);
    metrics.gauge('scorekeeper_shadow_waiting_rows', 'Rows that wait for shadows', waiting);
  }

  /** Takes an answered request for each shadow of its route, or counts it where there is no room. */
  offer({ model, encode, featureValue }: PredictionRequest, { shadows, alsoKnown }: Route, answered: Answered): void {
    for (const version of shadows) {
      const offer = { model, version, encode, featureValue, alsoKnown, ...answered };
      if (!this.queueOf(model, version).add(offer)) this.count(offer, 'shed');
    }
  }

  onApplicationShutdown(): void {
    for (const queue of this.queues.values()) queue.clear();
  }

  private queueOf(model: string, version: number): ShadowQueue<ShadowOffer> {
    const key = `${model} ${version}`;
    let queue = this.queues.get(key);
    if (!queue) this.queues.set(key, (queue = this.newQueue(model, version)));
    return queue;
  }

  private newQueue(model: string, version: number): ShadowQueue<ShadowOffer> {
    return new ShadowQueue({
      mostRows: this.settings.shadowQueueRows,
      rowsAtOnce: () => this.scorer.rowsAtOnce(model, version),
      isBusy: () => this.engine.isBusy,
      // What begins in one turn shares a run of the model.
      score: (offers) => Promise.all(offers.map((offer) => this.score(offer))),
    });
  }

  private async score(offer: ShadowOffer): Promise<void> {
    this.count(offer, await this.scorer.score(offer));
  }

  private count({ model, count }: ShadowOffer, outcome: ShadowOutcome): void {
    this.counters.get(outcome)!(model).inc(count);
  }
}
