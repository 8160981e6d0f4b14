import type { LoadedModel } from '@app/registry';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import type { Totals } from './judge.js';
import { VersionTotals } from './version-totals.schema.js';

type Counted = { -readonly [K in keyof Totals]: Totals[K] };

const NOTHING: Totals = { rows: 0, requests: 0, failures: 0, ms: 0 };

/** Counts what versions do: in memory, and now and then added to what the other replicas have counted. */
@Injectable()
export class VersionMetrics {
  private readonly models = new Map<string, Map<number, Counted>>();

  constructor(@InjectModel(VersionTotals.name) private readonly stored: Model<VersionTotals>) {}

  /** A version has answered a request. */
  observe({ name, version }: LoadedModel, rows: number, ms: number): void {
    const counted = this.countedOf(name, version);
    counted.rows += rows;
    counted.requests++;
    counted.ms += ms;
  }

  /** A version could not answer a request. */
  observeFailure({ name, version }: LoadedModel, rows: number): void {
    const counted = this.countedOf(name, version);
    counted.rows += rows;
    counted.requests++;
    counted.failures++;
  }

  /** Adds what was counted here to what was counted everywhere. */
  async send(): Promise<void> {
    for (const [model, versions] of this.models)
      for (const [version, counted] of versions) if (counted.requests > 0) await this.add(model, version, counted);
  }

  /** What a version has done on all replicas. */
  async totals(model: string, version: number): Promise<Totals> {
    const found = await this.stored.findById(idOf(model, version)).lean<VersionTotals>().exec();
    const { rows, requests, failures, ms } = found ?? NOTHING;
    return { rows, requests, failures, ms };
  }

  private countedOf(model: string, version: number): Counted {
    let versions = this.models.get(model);
    if (!versions) this.models.set(model, (versions = new Map<number, Counted>()));
    let counted = versions.get(version);
    if (!counted) versions.set(version, (counted = { ...NOTHING }));
    return counted;
  }

  private async add(model: string, version: number, counted: Counted): Promise<void> {
    const sent = { ...counted };
    await this.stored.updateOne({ _id: idOf(model, version) }, { $inc: sent }, { upsert: true }).exec();
    // Not set to nothing: requests went on meanwhile.
    for (const key of ['rows', 'requests', 'failures', 'ms'] as const) counted[key] -= sent[key];
  }
}

function idOf(model: string, version: number): string {
  return `${version} ${model}`;
}
