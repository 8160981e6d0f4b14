import { firstTwice, ServingError, type Signature } from '@app/core';
import { Injectable } from '@nestjs/common';
import { EventLog, type Request } from './event.log.js';
import { ModelMemory } from './model.memory.js';
import { type ModelChange, ModelStore } from './model.store.js';
import type { RegisteredModel } from './registered-model.schema.js';
import { refuseDifferences } from './signature-differences.js';
import { allTo, type Traffic, versionsIn } from './traffic.js';
import { TrafficFollower } from './traffic.follower.js';
import { versionNotFound } from './unknown.js';
import { VersionStore } from './version.store.js';

/** How a change of traffic is wanted. */
export interface TrafficRequest extends Request {
  /** Also where the callers of the live version would have to send other features. */
  readonly allowSignatureChange?: boolean;
  /** Only while the model is at this revision; throws TRAFFIC_CHANGED where it is not. */
  readonly ifRevision?: number;
}

/** A wanted traffic; the active version stays where none is named. */
export type WantedTraffic = Omit<Traffic, 'active'> & Partial<Pick<Traffic, 'active'>>;

const MOST_EARLIER = 100;

/** Changes who gets which version of a model: loaded first, then said in the database, then in force here; elsewhere within seconds. */
@Injectable()
export class TrafficControl {
  constructor(
    private readonly models: ModelStore,
    private readonly versions: VersionStore,
    private readonly memory: ModelMemory,
    private readonly follower: TrafficFollower,
    private readonly events: EventLog,
  ) {}

  /** Gives all callers a version; a canary ends, shadows stay. */
  activate(model: string, version: number, request: TrafficRequest): Promise<Traffic> {
    const work = () => this.change(model, request, (found) => allTo(version, found.traffic));
    const deed = { model, version, action: 'activate', ...whoAndWhy(request) } as const;
    return this.events.keep(deed, work, (traffic) => ({ details: { traffic } }));
  }

  /** Gives all callers the version that was active before. */
  rollback(model: string, request: Request): Promise<Traffic> {
    // It was live: its callers are known to do with it.
    const asked = { ...request, allowSignatureChange: true };
    const work = () => this.change(model, asked, (found) => allTo(earlierOf(found), found.traffic), goBack);
    const deed = { model, action: 'rollback', ...whoAndWhy(request) } as const;
    return this.events.keep(deed, work, (traffic) => ({ version: traffic.active, details: { traffic } }));
  }

  /** Gives the canary's callers the active version again. */
  endCanary(model: string, request: TrafficRequest): Promise<Traffic> {
    const work = () => this.change(model, request, (found) => allTo(activeOf(found), found.traffic));
    const deed = { model, action: 'traffic', ...whoAndWhy(request) } as const;
    return this.events.keep(deed, work, (traffic) => ({ version: traffic.active, details: { traffic } }));
  }

  /** Puts a whole traffic in force. */
  set(model: string, wanted: WantedTraffic, request: TrafficRequest): Promise<Traffic> {
    const work = () => this.change(model, request, (found) => completed(found, wanted));
    const deed = { model, action: 'traffic', ...whoAndWhy(request) } as const;
    return this.events.keep(deed, work, (traffic) => ({ version: traffic.active, details: { traffic } }));
  }

  /** Makes a version that has just been kept live, whatever its features: a load says so itself. */
  async goLive(model: string, version: number, onnx: Uint8Array): Promise<Traffic> {
    await this.memory.load(model, version, onnx);
    return this.change(model, { allowSignatureChange: true }, (found) => allTo(version, found.traffic));
  }

  private async change(
    model: string,
    request: TrafficRequest,
    want: (found: RegisteredModel) => Traffic,
    earlierAfter: (found: RegisteredModel, next: Traffic) => readonly number[] = remember,
  ): Promise<Traffic> {
    try {
      const { traffic } = await this.models.change(model, async (found): Promise<ModelChange> => {
        refuseOther(found, request);
        const next = want(found);
        await this.check(found, next, request);
        await Promise.all(versionsIn(next).map((version) => this.memory.load(model, version)));
        return { traffic: next, earlier: earlierAfter(found, next) };
      });
      return traffic!;
    } finally {
      // Also after a refusal: what was loaded for it in vain goes again.
      await this.follower.followEverywhere(model).catch(() => undefined);
    }
  }

  private async check({ _id, traffic, leaving }: RegisteredModel, next: Traffic, request: TrafficRequest) {
    refuseTwoRoles(next);
    const leaves = versionsIn(next).find((version) => leaving.includes(version));
    if (leaves !== undefined) versionNotFound(_id, leaves);
    const wanted = await Promise.all(versionsIn(next).map((version) => this.versions.get(_id, version)));
    if (next.routingFeature !== traffic?.routingFeature) checkRouting(next, wanted[0]!.signature);
    if (!traffic || request.allowSignatureChange) return;
    const live = await this.versions.get(_id, traffic.active);
    // What shadows answer nobody gets to see.
    const seen = wanted.filter(({ version }) => !next.shadows.includes(version));
    for (const { version, signature } of seen) refuseDifferences(live.signature, signature, `version ${version}`);
  }
}

function whoAndWhy({ by, reason }: Request): Request {
  return { ...(by !== undefined && { by }), ...(reason !== undefined && { reason }) };
}

function remember({ traffic, earlier }: RegisteredModel, next: Traffic): readonly number[] {
  if (!traffic || traffic.active === next.active) return earlier;
  return [...earlier, traffic.active].slice(-MOST_EARLIER);
}

function goBack({ earlier }: RegisteredModel): readonly number[] {
  return earlier.slice(0, -1);
}

function earlierOf({ _id, earlier }: RegisteredModel): number {
  const version = earlier.at(-1);
  if (version !== undefined) return version;
  const message = `no version of model ${JSON.stringify(_id)} was live before the one that is; activate the one that is wanted`;
  throw new ServingError('conflict', 'NOTHING_TO_ROLL_BACK', message);
}

function completed(found: RegisteredModel, { active = activeOf(found), ...rest }: WantedTraffic): Traffic {
  return { active, ...rest };
}

function activeOf({ _id, traffic }: RegisteredModel): number {
  if (traffic) return traffic.active;
  const message = `model ${JSON.stringify(_id)} has no live version yet: name the active one`;
  throw new ServingError('invalid-input', 'TRAFFIC_INVALID', message);
}

function refuseOther({ _id, revision }: RegisteredModel, { ifRevision = revision }: TrafficRequest): void {
  if (revision === ifRevision) return;
  const message = `model ${JSON.stringify(_id)} was changed meanwhile: it is as somebody else wants it`;
  throw new ServingError('conflict', 'TRAFFIC_CHANGED', message);
}

function refuseTwoRoles(traffic: Traffic): void {
  const twice = firstTwice(versionsIn(traffic));
  if (twice === undefined) return;
  const message = `version ${twice} has more than one role in the traffic; a version is active, the canary or a shadow`;
  throw new ServingError('invalid-input', 'TRAFFIC_INVALID', message);
}

function checkRouting({ routingFeature, active }: Traffic, { features }: Signature): void {
  if (routingFeature === undefined || features.some(({ name }) => name === routingFeature)) return;
  const message = `${JSON.stringify(routingFeature)} is no feature of version ${active}: ${features.map(({ name }) => name).join(', ')}`;
  throw new ServingError('invalid-input', 'TRAFFIC_INVALID', message.slice(0, 2000));
}
