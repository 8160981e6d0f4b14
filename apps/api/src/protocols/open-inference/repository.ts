import { ModelProvider } from '@app/registry';
import { Injectable } from '@nestjs/common';
import { show } from './tensor.js';
import { unknown } from './served-models.js';

/** A model as the repository lists it. */
export interface IndexEntry {
  readonly name: string;
  readonly version?: string;
  readonly state: 'READY' | 'UNAVAILABLE';
  readonly reason: string;
}

/** The protocol's view of the models that are there: listed, taken out of service and brought back. */
@Injectable()
export class Repository {
  constructor(private readonly provider: ModelProvider) {}

  /** Every model, or only those that are ready. */
  index(onlyReady: boolean): IndexEntry[] {
    const { live, failed, withdrawn } = this.provider.status();
    const ready = Object.entries(live).map(([name, version]) => readyEntry(name, version));
    if (onlyReady) return ready;
    return [
      ...ready,
      ...Object.entries(failed)
        .filter(([name]) => !(name in live))
        .map(([name, reason]) => unavailableEntry(name, reason)),
      ...withdrawn.map((name) => unavailableEntry(name, 'unloaded')),
    ];
  }

  /** Brings a model back that was unloaded; one that is live stays as it is. */
  load(name: string): void {
    if (this.provider.restore(name)) return;
    throw unknown(`there is no model ${show(name)}`);
  }

  /** Takes a model out of service, until it is loaded or the service starts anew. */
  unload(name: string): void {
    const isKnown = this.index(false).some((entry) => entry.name === name);
    if (!isKnown) throw unknown(`there is no model ${show(name)}`);
    this.provider.withdraw(name);
  }
}

function readyEntry(name: string, version: number): IndexEntry {
  return { name, version: String(version), state: 'READY', reason: '' };
}

function unavailableEntry(name: string, reason: string): IndexEntry {
  return { name, state: 'UNAVAILABLE', reason };
}
