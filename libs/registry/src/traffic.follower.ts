import { setTimeout as sleep } from 'node:timers/promises';
import { Settings, Workers } from '@app/platform';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { ModelMemory } from './model.memory.js';
import { ModelProvider } from './model.provider.js';
import { ModelStore } from './model.store.js';
import type { RegisteredModel } from './registered-model.schema.js';
import { type Traffic, versionsIn } from './traffic.js';
import { VersionStore } from './version.store.js';

const RETRY_AFTER_MS = 5000;
const WORKERS_WITHIN_MS = 5000;

/** Brings into force, in this process, what the database says of each model, whoever has changed it. */
@Injectable()
export class TrafficFollower implements OnApplicationShutdown {
  private readonly logger = new Logger(TrafficFollower.name);
  private readonly inForce = new Map<string, number>();
  private readonly failed = new Map<string, { readonly revision: number; readonly retryAt: number }>();
  private readonly turns = new Map<string, Promise<void>>();
  private readonly stopped = new AbortController();

  constructor(
    private readonly settings: Settings,
    private readonly models: ModelStore,
    private readonly versions: VersionStore,
    private readonly memory: ModelMemory,
    private readonly provider: ModelProvider,
    private readonly workers: Workers,
  ) {
    workers.answer('follow', (name) => this.follow(name));
  }

  /** Brings every model into force, and goes on looking for changes until the service ends. */
  async start(): Promise<void> {
    for (const { _id: name, revision } of await this.models.list()) await this.tryToFollow(name, revision);
    void this.watch();
  }

  /** Brings one model into force as the database says now; rejects, and leaves in force what was, where it cannot. */
  follow(name: string): Promise<void> {
    // In turn: a slower look must not replace what a later one has seen.
    const turn = (this.turns.get(name) ?? Promise.resolve()).then(() => this.followNow(name));
    const ended: Promise<void> = turn.catch(() => undefined).then(() => this.endTurn(name, ended));
    this.turns.set(name, ended);
    return turn;
  }

  /** The same in every worker: whoever has changed a model meets the change, whichever worker answers next. */
  async followEverywhere(name: string): Promise<void> {
    await this.follow(name);
    if (this.workers.areSeveral) await this.workers.ask('follow', { about: name, withinMs: WORKERS_WITHIN_MS });
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    await Promise.all(this.turns.values());
  }

  // The last one in a row takes the row with it: names that nobody has must leave nothing behind.
  private endTurn(name: string, turn: Promise<void>): void {
    if (this.turns.get(name) === turn) this.turns.delete(name);
  }

  private async watch(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      await sleep(this.settings.registryPollMs, undefined, { ref: false, signal }).catch(() => undefined);
      // A database that is away for a while is no reason to stop: what is in force stays so, and /health/ready says it.
      if (!signal.aborted) await this.followChanged().catch(() => undefined);
    }
  }

  private async followChanged(): Promise<void> {
    const changed = [...(await this.models.revisions())].filter(([name, revision]) => this.isNew(name, revision));
    await Promise.all(changed.map(([name, revision]) => this.tryToFollow(name, revision)));
  }

  // What has failed is tried again, but not at every look.
  private isNew(name: string, revision: number): boolean {
    const failed = this.failed.get(name);
    if (failed?.revision === revision && Date.now() < failed.retryAt) return false;
    return this.inForce.get(name) !== revision;
  }

  private async tryToFollow(name: string, revision: number): Promise<void> {
    try {
      await this.follow(name);
    } catch (error) {
      this.failed.set(name, { revision, retryAt: Date.now() + RETRY_AFTER_MS });
      this.report(name, error);
    }
  }

  // The service stays up and answers with what it has: nothing is answered by a guess, and another version can go live.
  private report(name: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    if (this.provider.status().failed[name] === reason) return;
    this.logger.error({ err: error }, `model ${name} cannot be brought up to date`);
    this.provider.reportFailure(name, reason);
  }

  private async followNow(name: string): Promise<void> {
    const model = await this.models.get(name);
    if (model.traffic) await this.bringIntoForce(model, model.traffic);
    this.inForce.set(name, model.revision);
  }

  private async bringIntoForce({ _id: name, leaving }: RegisteredModel, traffic: Traffic): Promise<void> {
    const needed = versionsIn(traffic);
    const [numbers] = await Promise.all([this.versions.numbers(name), ...needed.map((v) => this.memory.load(name, v))]);
    const known = new Set(numbers.filter((version) => !leaving.includes(version)));
    const { kept, dropped } = this.memory.settle(name, needed, known);
    this.provider.publish(name, { traffic, loaded: kept, known });
    // Only now: until here a request could still find them.
    await Promise.all(dropped.map((model) => model.retire()));
  }
}
