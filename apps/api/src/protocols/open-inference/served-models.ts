import { ServingError } from '@app/core';
import { type LoadedModel, ModelProvider } from '@app/registry';
import { Injectable } from '@nestjs/common';
import { show } from './tensor.js';

/** Finds live models by the names and versions that the protocol's callers give. */
@Injectable()
export class ServedModels {
  constructor(private readonly provider: ModelProvider) {}

  /** The live version of a model, or the version asked for; throws MODEL_UNKNOWN where there is none, or it is not in memory. */
  get(name: string, version?: string): LoadedModel {
    const live = this.provider.find(name);
    if (!live) throw unknown(`there is no live model ${show(name)}`);
    if (version === undefined) return live;
    const loaded = this.provider.find(name, Number(version));
    if (loaded && String(loaded.version) === version) return loaded;
    throw unknown(`version ${show(version)} of model ${show(name)} is not served; version ${live.version} is live`);
  }

  /** The names of the live models. */
  names(): string[] {
    return Object.keys(this.provider.status().live);
  }
}

/** The refusal of a model that is not there. */
export function unknown(message: string): ServingError {
  return new ServingError('not-found', 'MODEL_UNKNOWN', message);
}
