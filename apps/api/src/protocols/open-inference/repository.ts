import { Workers } from '@app/platform';
import { ModelProvider } from '@app/registry';
import { Injectable } from '@nestjs/common';
import { show } from './tensor.js';
import { unknown } from './served-models.js';

const PATIENCE_MS = 5_000;

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
  constructor(
    private readonly provider: ModelProvider,
    private readonly workers: Workers,
  ) {
    workers.answer('withdraw', (name) => provider.withdraw(name));
    workers.answer('restore', (name) => void provider.restore(name));
  }

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
  async load(name: string): Promise<void> {
    if (!this.provider.restore(name)) throw unknown(`there is no model ${show(name)}`);
    await this.workers.ask('restore', { about: name, withinMs: PATIENCE_MS });
  }

  /** Takes a model out of service, until it is loaded or the service starts anew. */
  async unload(name: string): Promise<void> {
    const isKnown = this.index(false).some((entry) => entry.name === name);
    if (!isKnown) throw unknown(`there is no model ${show(name)}`);
    await this.workers.ask('withdraw', { about: name, withinMs: PATIENCE_MS });
  }
}

function readyEntry(name: string, version: number): IndexEntry {
  return { name, version: String(version), state: 'READY', reason: '' };
}

function unavailableEntry(name: string, reason: string): IndexEntry {
  return { name, state: 'UNAVAILABLE', reason };
}
