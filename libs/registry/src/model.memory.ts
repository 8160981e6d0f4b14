import { Settings } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { LoadedModel } from './loaded-model.js';
import { ModelArchive } from './model.archive.js';
import { ModelEngine } from './model.engine.js';
import { VersionStore } from './version.store.js';

/** A version in memory, and the size of its ONNX. */
interface Resident {
  readonly loaded: LoadedModel;
  readonly onnxBytes: number;
}

/** The versions of a model that stay in memory, and those that were dropped, to be retired once nobody finds them any more. */
export interface Settled {
  readonly kept: ReadonlyMap<number, LoadedModel>;
  readonly dropped: readonly LoadedModel[];
}

/** Versions that are loaded in this process: those in traffic, and the latest that were, as far as memory allows. */
@Injectable()
export class ModelMemory {
  private readonly residents = new Map<string, Map<number, Resident>>();
  private readonly loading = new Map<string, Promise<LoadedModel>>();

  constructor(
    private readonly settings: Settings,
    private readonly versions: VersionStore,
    private readonly archive: ModelArchive,
    private readonly engine: ModelEngine,
  ) {}

  /** A version, loaded now where it is not yet; `onnx` saves reading it where the caller has it at hand. */
  async load(name: string, version: number, onnx?: Uint8Array): Promise<LoadedModel> {
    const resident = this.residents.get(name)?.get(version);
    if (resident) return resident.loaded;
    const key = `${name} ${version}`;
    const loading = this.loading.get(key) ?? this.loadNow(name, version, onnx);
    this.loading.set(key, loading);
    return loading.finally(() => this.loading.delete(key));
  }

  /** Keeps the versions that are needed, and the latest of the others that are known within the limits of the settings. */
  settle(name: string, needed: readonly number[], known: ReadonlySet<number>): Settled {
    const residents = this.of(name);
    // Whatever is needed now is the latest: a map keeps the order in which its keys came.
    for (const version of needed) moveToEnd(residents, version);
    const others = [...residents].filter(([version]) => !needed.includes(version));
    // One that is not known was deleted: nobody may be answered with it any more.
    const warm = this.warmOnes(others.filter(([version]) => known.has(version)).toReversed());
    const dropped = others.filter(([version]) => !warm.has(version));
    for (const [version] of dropped) residents.delete(version);
    const kept = new Map([...residents].map(([version, { loaded }]) => [version, loaded]));
    return { kept, dropped: dropped.map(([, { loaded }]) => loaded) };
  }

  async onApplicationShutdown(): Promise<void> {
    const residents = [...this.residents.values()].flatMap((versions) => [...versions.values()]);
    this.residents.clear();
    await Promise.all(residents.map(({ loaded }) => loaded.retire()));
  }

  private async loadNow(name: string, version: number, given?: Uint8Array): Promise<LoadedModel> {
    const kept = await this.versions.get(name, version);
    const onnx = given ?? (await this.archive.onnxOf(kept));
    const { signature, wiring, cost } = kept;
    const runtime = await this.engine.open({ onnx, signature, wiring }, cost);
    const loaded = new LoadedModel(name, version, signature, runtime, wiring.outputs);
    this.of(name).set(version, { loaded, onnxBytes: onnx.length });
    return loaded;
  }

  private warmOnes(latestFirst: readonly (readonly [number, Resident])[]): ReadonlySet<number> {
    let room = this.settings.warmMaxBytes;
    const candidates = latestFirst.slice(0, this.settings.warmVersions);
    return new Set(candidates.filter(([, { onnxBytes }]) => (room -= onnxBytes) >= 0).map(([version]) => version));
  }

  private of(name: string): Map<number, Resident> {
    const residents = this.residents.get(name) ?? new Map<number, Resident>();
    this.residents.set(name, residents);
    return residents;
  }
}

function moveToEnd(residents: Map<number, Resident>, version: number): void {
  const resident = residents.get(version);
  if (!resident) return;
  residents.delete(version);
  residents.set(version, resident);
}
