import type { Signature, Wiring } from '@app/core';
import { readFileSync } from 'node:fs';
import { Settings } from '@app/platform';
import { type ModelRuntime, type OnnxModel, OnnxRuntime } from '@app/runtime';
import type { ModelArchive } from './model.archive.js';
import type { ModelEngine } from './model.engine.js';
import { ModelMemory } from './model.memory.js';
import type { ModelVersion } from './model-version.schema.js';
import type { VersionStore } from './version.store.js';

const ONNX = readFileSync(new URL('../../../test/fixtures/flight-delay.onnx', import.meta.url));
const SIGNATURE: Signature = { task: 'regression', output: { name: 'y' }, features: [] };
const WIRING: Wiring = { inputs: [], outputs: { score: 'y', labelIsIndex: false } };

/** A registry that has every version, and counts how often each was read. */
class EveryVersion {
  readonly reads: number[] = [];

  async get(model: string, version: number): Promise<ModelVersion> {
    return { model, version, signature: SIGNATURE, wiring: WIRING } as unknown as ModelVersion;
  }

  async onnxOf({ version }: ModelVersion): Promise<Uint8Array> {
    this.reads.push(version);
    return ONNX;
  }
}

/** Opens every model in this thread. */
class EngineInThisThread {
  open(model: OnnxModel): Promise<ModelRuntime> {
    return OnnxRuntime.load(model);
  }
}

describe('the memory of a replica', () => {
  let registry: EveryVersion;
  const memoryWith = (environment: Readonly<Record<string, string>>): ModelMemory => {
    registry = new EveryVersion();
    const settings = Settings.from(environment);
    const store = registry as unknown as VersionStore & ModelArchive;
    return new ModelMemory(settings, store, store, new EngineInThisThread() as unknown as ModelEngine);
  };
  const swapThrough = async (memory: ModelMemory, versions: readonly number[]): Promise<number[]> => {
    let kept: readonly number[] = [];
    for (const version of versions) {
      await memory.load('m', version);
      const settled = memory.settle('m', [version], new Set(versions));
      await Promise.all(settled.dropped.map((model) => model.retire()));
      kept = [...settled.kept.keys()];
    }
    return kept.toSorted((a, b) => a - b);
  };

  it('keeps the versions in traffic and the latest that were', async () => {
    expect(await swapThrough(memoryWith({ WARM_VERSIONS: '2' }), [1, 2, 3, 4, 5])).toEqual([3, 4, 5]);
  });

  it('keeps a version that came back longer than those that did not', async () => {
    expect(await swapThrough(memoryWith({ WARM_VERSIONS: '2' }), [1, 2, 1, 3, 4])).toEqual([1, 3, 4]);
  });

  it('keeps no more than the bytes that it may', async () => {
    const memory = memoryWith({ WARM_VERSIONS: '5', WARM_MAX_BYTES: String(2 * ONNX.length) });
    expect(await swapThrough(memory, [1, 2, 3, 4, 5])).toEqual([3, 4, 5]);
  });

  it('keeps only what is in traffic where nothing may stay warm', async () => {
    expect(await swapThrough(memoryWith({ WARM_VERSIONS: '0' }), [1, 2, 3])).toEqual([3]);
  });

  it('keeps none that was deleted, and has room for another in its place', async () => {
    const memory = memoryWith({ WARM_VERSIONS: '2' });
    await Promise.all([1, 2, 3, 4].map((version) => memory.load('m', version)));
    const { kept, dropped } = memory.settle('m', [4], new Set([1, 2, 4]));
    expect([...kept.keys()]).toEqual([1, 2, 4]);
    expect(dropped.map(({ version }) => version)).toEqual([3]);
    await dropped[0]!.retire();
  });

  it('reads a version once for many who want it at the same time, and not again while it is warm', async () => {
    const memory = memoryWith({});
    const loaded = await Promise.all([1, 2, 3].map(() => memory.load('m', 7)));
    expect(new Set(loaded).size).toBe(1);
    await swapThrough(memory, [8, 7]);
    expect(registry.reads).toEqual([7, 8]);
  });
});
