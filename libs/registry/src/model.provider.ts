import { ServingError } from '@app/core';
import { Injectable } from '@nestjs/common';
import type { LoadedModel } from './loaded-model.js';

/** Models by what became of them in this process. */
export interface ModelStatus {
  readonly live: Readonly<Record<string, number>>;
  readonly failed: readonly string[];
  readonly withdrawn: readonly string[];
}

/** The models that are live in this process: the one place where the rest of the service finds them. */
@Injectable()
export class ModelProvider {
  private readonly live = new Map<string, LoadedModel>();
  private readonly failed = new Set<string>();
  private readonly withdrawn = new Set<string>();

  /** The live version of a model; throws MODEL_NOT_LIVE where there is none. */
  get(name: string): LoadedModel {
    const model = this.live.get(name);
    if (model) return model;
    const message = `model ${JSON.stringify(name)} has no live version: load a model file first (POST /model/load/)`;
    throw new ServingError('unavailable', 'MODEL_NOT_LIVE', message);
  }

  find(name: string): LoadedModel | undefined {
    return this.live.get(name);
  }

  /** The live version of each model, the models whose version could not be loaded, and those that were withdrawn. */
  status(): ModelStatus {
    const live = Object.fromEntries([...this.live].map(([name, { version }]) => [name, version]));
    return { live, failed: [...this.failed], withdrawn: [...this.withdrawn] };
  }

  /** Says that a model should be live and cannot be. */
  reportFailure(name: string): void {
    this.failed.add(name);
  }

  /** Makes a loaded version live; the one it replaces goes on with the predictions that it has begun, then frees its memory. */
  async publish(model: LoadedModel): Promise<void> {
    const replaced = this.live.get(model.name);
    this.live.set(model.name, model);
    this.failed.delete(model.name);
    this.withdrawn.delete(model.name);
    await replaced?.retire();
  }

  /** Takes a model out of service until it is published again or the process starts anew; its memory is freed. */
  async withdraw(name: string): Promise<void> {
    const model = this.live.get(name);
    if (!model) return;
    this.live.delete(name);
    this.withdrawn.add(name);
    await model.retire();
  }

  async onApplicationShutdown(): Promise<void> {
    const models = [...this.live.values()];
    this.live.clear();
    await Promise.all(models.map((model) => model.retire()));
  }
}
