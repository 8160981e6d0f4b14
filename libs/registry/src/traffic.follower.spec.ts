import { Settings, type Workers } from '@app/platform';
import type { ModelArchive } from './model.archive.js';
import type { ModelEngine } from './model.engine.js';
import { ModelMemory } from './model.memory.js';
import { ModelProvider } from './model.provider.js';
import type { ModelStore } from './model.store.js';
import { TrafficFollower } from './traffic.follower.js';
import type { VersionStore } from './version.store.js';

/** A database with a model that has versions 1 and 2. */
class TwoVersions {
  active = 2;
  leaving: readonly number[] = [];

  // A model, or a version where one is asked for.
  async get(_: string, version?: number): Promise<unknown> {
    if (version !== undefined) return { signature: { features: [] }, wiring: { outputs: {} } };
    return { _id: 'm', revision: 1, traffic: { active: this.active, shadows: [] }, leaving: this.leaving };
  }

  async numbers(): Promise<number[]> {
    return [1, 2];
  }

  async onnxOf(): Promise<Uint8Array> {
    return new Uint8Array(10);
  }
}

/** Counts the models that it has opened and that were not released yet. */
class CountingEngine {
  inMemory = 0;

  async open(): Promise<unknown> {
    this.inMemory++;
    return { release: async () => void this.inMemory-- };
  }
}

describe('the follower of the traffic', () => {
  const database = new TwoVersions();
  const engine = new CountingEngine();
  const settings = Settings.from({ WARM_VERSIONS: '5' });
  const provider = new ModelProvider(settings);
  const versions = database as unknown as VersionStore;
  const memory = new ModelMemory(
    settings,
    versions,
    database as unknown as ModelArchive,
    engine as unknown as ModelEngine,
  );
  const workers = { answer: () => undefined, areSeveral: false } as unknown as Workers;
  const follower = new TrafficFollower(
    settings,
    database as unknown as ModelStore,
    versions,
    memory,
    provider,
    workers,
  );

  it('frees a warm version that is being deleted, and finds it no more, also while its files are still there', async () => {
    await follower.follow('m');
    database.active = 1;
    await follower.follow('m');
    expect(provider.version('m', 2).version).toBe(2);
    database.leaving = [2];
    await follower.follow('m');
    expect(() => provider.version('m', 2)).toThrow(expect.objectContaining({ code: 'VERSION_NOT_FOUND' }) as Error);
    expect(engine.inMemory).toBe(1);
  });
});
