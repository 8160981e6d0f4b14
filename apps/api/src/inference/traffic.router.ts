import { randomUUID } from 'node:crypto';
import type { CaptureRole } from '@app/capture';
import type { AlsoKnown, Signature } from '@app/core';
import { chooseVersion, type LoadedModel, ModelProvider, type Traffic, versionsIn } from '@app/registry';
import { Injectable } from '@nestjs/common';
import type { PredictionRequest } from './prediction-request.js';

/** The version that answers a request, and what the traffic says beside it. */
export interface Route {
  readonly loaded: LoadedModel;
  readonly role: CaptureRole;
  /** Versions that score the request after its answer. */
  readonly shadows: readonly number[];
  /** What the versions in the traffic take together, where they are several. */
  readonly alsoKnown?: AlsoKnown | undefined;
}

const NO_SHADOWS: readonly number[] = [];

/** Says which version gets a request. */
@Injectable()
export class TrafficRouter {
  private readonly unions = new WeakMap<Traffic, AlsoKnown>();

  constructor(private readonly provider: ModelProvider) {}

  /** The version that answers: the one that is asked for, else the canary for its callers, else the active one. */
  route(request: PredictionRequest): Route {
    if (request.version !== undefined) return this.forced(request.model, request.version);
    const active = this.active(request.model);
    const traffic = this.provider.traffic(request.model);
    if (!traffic.canary || chooseVersion(traffic, keyOf(request, traffic)) === traffic.active) return active;
    const loaded = this.provider.version(request.model, traffic.canary.version);
    return canTake(loaded, request, active.loaded.signature) ? { ...active, loaded, role: 'canary' } : active;
  }

  /** The active version, whoever asks. */
  active(model: string): Route {
    const traffic = this.provider.traffic(model);
    const loaded = this.provider.get(model);
    return { loaded, role: 'active', shadows: traffic.shadows, alsoKnown: this.alsoKnown(model, traffic) };
  }

  // Whoever asks for one version wants to see that one: there is nothing to compare.
  private forced(model: string, version: number): Route {
    const loaded = this.provider.version(model, version);
    const alsoKnown = this.alsoKnown(model, this.provider.traffic(model));
    return { loaded, role: 'forced', shadows: NO_SHADOWS, alsoKnown };
  }

  private alsoKnown(model: string, traffic: Traffic): AlsoKnown | undefined {
    if (!traffic.canary && traffic.shadows.length === 0) return undefined;
    let union = this.unions.get(traffic);
    if (!union) this.unions.set(traffic, (union = this.unionOf(model, traffic)));
    return union;
  }

  private unionOf(model: string, traffic: Traffic): AlsoKnown {
    const signatures = versionsIn(traffic).map((version) => this.provider.version(model, version).signature);
    return new Set(signatures.flatMap(({ features }) => features.map(({ name }) => name)));
  }
}

/** Whether a version may have a part in a request that fits a signature: rows without names fit only the same features. */
export function canTake(
  { signature }: LoadedModel,
  { featureValue }: Pick<PredictionRequest, 'featureValue'>,
  fits: Signature,
): boolean {
  if (featureValue !== undefined || signature === fits) return true;
  const { features } = signature;
  return features.length === fits.features.length && features.every(({ name }, i) => name === fits.features[i]!.name);
}

function keyOf({ routingKey, featureValue, requestId }: PredictionRequest, { routingFeature }: Traffic): string {
  if (routingKey) return routingKey;
  const value = routingFeature === undefined ? undefined : featureValue?.(routingFeature);
  // Anything else is a missing value, or one that will be refused.
  const isKey = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isKey ? String(value) : (requestId ?? randomUUID());
}
