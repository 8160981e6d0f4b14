import { setTimeout as sleep } from 'node:timers/promises';
import { Settings } from '@app/platform';
import { ModelCatalogue, type RegisteredModel, TrafficControl } from '@app/registry';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Guard, Watch } from './guard.schema.js';
import { GuardStore } from './guard.store.js';
import { type Evidence, type Finding, judge, type Totals } from './judge.js';
import { KeptScores } from './kept.scores.js';
import { VersionMetrics } from './version.metrics.js';

/** A model that has a canary. */
interface Canaried {
  readonly name: string;
  readonly revision: number;
  readonly active: number;
  readonly canary: number;
}

const MINUTE_MS = 60_000;
const NO_CANARY: Finding = { verdict: 'waiting', reason: 'there is no canary' };
const BEGUN: Finding = { verdict: 'waiting', reason: 'the watch has begun' };

/** Ends canaries that break the rules of their model's guard, and promotes those that keep to them. */
@Injectable()
export class PromotionGuard implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(PromotionGuard.name);
  private readonly stopped = new AbortController();
  private working: Promise<void> = Promise.resolve();

  constructor(
    private readonly settings: Settings,
    private readonly store: GuardStore,
    private readonly metrics: VersionMetrics,
    private readonly scores: KeptScores,
    private readonly catalogue: ModelCatalogue,
    private readonly control: TrafficControl,
  ) {}

  onApplicationBootstrap(): void {
    void this.goOn();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    await this.working;
  }

  private async goOn(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      await sleep(this.settings.guardEveryMs, undefined, { ref: false, signal }).catch(() => undefined);
      if (!signal.aborted) await (this.working = this.lookAtAll());
    }
  }

  private async lookAtAll(): Promise<void> {
    try {
      await this.metrics.send();
      for (let guard = await this.claim(); guard; guard = await this.claim()) await this.tryToLook(guard);
    } catch (error) {
      this.logger.warn({ err: error }, 'guards cannot look at their canaries now');
    }
  }

  private async claim(): Promise<Guard | null> {
    return this.stopped.signal.aborted ? null : this.store.claim(this.settings.guardEveryMs);
  }

  // One model that cannot be looked at must not keep the others from it.
  private async tryToLook(guard: Guard): Promise<void> {
    try {
      await this.look(guard);
    } catch (error) {
      this.logger.warn({ err: error }, `the guard of model ${guard._id} could not look at its canary or act`);
    }
  }

  private async look(guard: Guard): Promise<void> {
    const model = canaried(await this.catalogue.model(guard._id));
    if (!model) return void (await this.store.report(guard, { finding: NO_CANARY }));
    const { watch } = guard;
    if (watch?.revision !== model.revision) return this.begin(guard, model);
    const finding = judge(guard.rules, await this.evidence(guard, watch, model));
    if (await this.store.report(guard, { finding, watch })) await this.act(guard, model, finding);
  }

  private async begin(guard: Guard, { name, revision, active, canary }: Canaried): Promise<void> {
    const before = { active: await this.metrics.totals(name, active), canary: await this.metrics.totals(name, canary) };
    await this.store.report(guard, { finding: BEGUN, watch: { revision, since: new Date(), ...before } });
  }

  private async evidence({ rules }: Guard, watch: Watch, model: Canaried): Promise<Evidence> {
    const { name, active, canary } = model;
    const done = {
      active: since(watch.active, await this.metrics.totals(name, active)),
      canary: since(watch.canary, await this.metrics.totals(name, canary)),
      minutes: (Date.now() - watch.since.getTime()) / MINUTE_MS,
    };
    if (rules.maxScoreShift === undefined) return done;
    const scoreShift = await this.shift(model, watch, rules.minRows);
    return { ...done, ...(scoreShift !== undefined && { scoreShift }) };
  }

  private shift({ name: model, active, canary }: Canaried, { since }: Watch, least: number) {
    const [one, other] = [{ version: active, role: 'active' } as const, { version: canary, role: 'canary' } as const];
    return this.scores.shift({ model, since, ...one }, { model, since, ...other }, least);
  }

  // Only on what was looked at: what somebody has changed meanwhile stays as they want it.
  private async act({ rules }: Guard, { name, revision, canary }: Canaried, finding: Finding): Promise<void> {
    const request = { by: 'guard', ifRevision: revision } as const;
    if (finding.verdict === 'broken')
      await this.control.endCanary(name, { ...request, reason: `canary ${canary} broke a rule: ${finding.reason}` });
    if (finding.verdict !== 'held' || rules.onceHeld !== 'promote') return;
    const reason = `canary ${canary} kept to the rules: ${finding.reason}`;
    // Whoever made it the canary has allowed the features that it takes.
    await this.control.activate(name, canary, { ...request, reason, allowSignatureChange: true });
  }
}

function canaried({ _id: name, revision, traffic }: RegisteredModel): Canaried | undefined {
  const canary = traffic?.canary;
  return traffic && canary && { name, revision, active: traffic.active, canary: canary.version };
}

function since(before: Totals, now: Totals): Totals {
  const { rows, requests, failures, ms } = before;
  return {
    rows: now.rows - rows,
    requests: now.requests - requests,
    failures: now.failures - failures,
    ms: now.ms - ms,
  };
}
