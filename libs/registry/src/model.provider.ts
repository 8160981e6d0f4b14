import { ServingError } from '@app/core';
import { Settings } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { LoadedModel } from './loaded-model.js';
import type { Traffic } from './traffic.js';
import { modelNotFound, versionNotFound } from './unknown.js';

/** A model as this process serves it; never changed, only replaced as a whole. */
export interface ServedModel {
  readonly traffic: Traffic;
  /** The versions in memory: those in traffic and the warm ones. */
  readonly loaded: ReadonlyMap<number, LoadedModel>;
  /** The numbers of all its versions. */
  readonly known: ReadonlySet<number>;
}

/** The models that are live in this process: the one place where the rest of the service finds them. */
@Injectable()
export class ModelProvider {
  private readonly served = new Map<string, ServedModel>();
  private readonly failures = new Map<string, string>();

  constructor(private readonly settings: Settings) {}

  /** The active version of a model; throws MODEL_NOT_LIVE where there is none, MODEL_NOT_FOUND where there is no such model. */
  get(name: string): LoadedModel {
    return this.find(name) ?? this.refuse(name);
  }

  /** A version of a model, the active one where none is named, if it is in memory. */
  find(name: string, version?: number): LoadedModel | undefined {
    const model = this.served.get(name);
    return model?.loaded.get(version ?? model.traffic.active);
  }

  /** A version that is in memory (active, canary, shadow or warm); throws VERSION_NOT_FOUND or VERSION_NOT_LOADED where it is not. */
  version(name: string, version: number): LoadedModel {
    const { loaded, known } = this.served.get(name) ?? this.refuse(name);
    return loaded.get(version) ?? (known.has(version) ? notLoaded(name, version) : versionNotFound(name, version));
  }

  /** Who gets which version of a model; throws where it is not live, as `get` does. */
  traffic(name: string): Traffic {
    return (this.served.get(name) ?? this.refuse(name)).traffic;
  }

  /** The active version of each model, and why a model is not served as it should be, by name. */
  status(): { readonly live: Readonly<Record<string, number>>; readonly failed: Readonly<Record<string, string>> } {
    const live = Object.fromEntries([...this.served].map(([name, { traffic }]) => [name, traffic.active]));
    return { live, failed: Object.fromEntries(this.failures) };
  }

  /** Says that a model is not served as it should be; what was served before goes on. */
  reportFailure(name: string, reason: string): void {
    this.failures.set(name, reason);
  }

  /** Puts a model's traffic in force: a request that comes now meets all of it, one that came before goes on with what it has. */
  publish(name: string, model: ServedModel): void {
    this.served.set(name, model);
    this.failures.delete(name);
  }

  onApplicationShutdown(): void {
    this.served.clear();
  }

  private refuse(name: string): never {
    if (name !== this.settings.defaultModel) return modelNotFound(name);
    const message = `model ${JSON.stringify(name)} has no live version: load a model file first (POST /model/load/)`;
    throw new ServingError('unavailable', 'MODEL_NOT_LIVE', message);
  }
}

function notLoaded(name: string, version: number): never {
  const message = `version ${version} of model ${JSON.stringify(name)} is not in memory: activate it or give it a part in the traffic (PUT /models/${name}/traffic)`;
  throw new ServingError('conflict', 'VERSION_NOT_LOADED', message);
}
