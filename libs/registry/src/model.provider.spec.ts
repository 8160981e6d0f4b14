import type { Signature } from '@app/core';
import { Settings } from '@app/platform';
import type { ModelRuntime } from '@app/runtime';
import { LoadedModel } from './loaded-model.js';
import { ModelProvider } from './model.provider.js';

const SIGNATURE: Signature = { task: 'regression', output: { name: 'y' }, features: [] };

class IdleRuntime implements ModelRuntime {
  async predict(): Promise<[]> {
    return [];
  }

  async release(): Promise<void> {}
}

const loaded = (version: number): LoadedModel =>
  new LoadedModel('m', version, SIGNATURE, new IdleRuntime(), { score: 'y', labelIsIndex: false });

describe('the provider', () => {
  const provider = new ModelProvider(Settings.from({ DEFAULT_MODEL: 'usual' }));
  const traffic = { active: 2, canary: { version: 3, percent: 10 }, shadows: [] };
  const inMemory = new Map([1, 2, 3].map((version) => [version, loaded(version)]));
  provider.publish('m', { traffic, loaded: inMemory, known: new Set([1, 2, 3, 4]) });

  it('gives the active version, the traffic, and every version that is in memory', () => {
    expect(provider.get('m').version).toBe(2);
    expect(provider.traffic('m')).toEqual(traffic);
    expect([1, 2, 3].map((version) => provider.version('m', version).version)).toEqual([1, 2, 3]);
  });

  it('tells a version that there is not from one that is not in memory', () => {
    expect(() => provider.version('m', 9)).toThrow(expect.objectContaining({ code: 'VERSION_NOT_FOUND' }) as Error);
    expect(() => provider.version('m', 4)).toThrow(expect.objectContaining({ code: 'VERSION_NOT_LOADED' }) as Error);
  });

  it('tells a model that there is not from the usual one without a live version', () => {
    expect(() => provider.get('nobody')).toThrow(expect.objectContaining({ code: 'MODEL_NOT_FOUND' }) as Error);
    expect(() => provider.get('usual')).toThrow(expect.objectContaining({ code: 'MODEL_NOT_LIVE' }) as Error);
  });

  it('says why a model is not served as it should be, until it is', () => {
    provider.reportFailure('m', 'version 4 is broken');
    expect(provider.status()).toEqual({ live: { m: 2 }, failed: { m: 'version 4 is broken' }, withdrawn: [] });
    provider.publish('m', { traffic, loaded: inMemory, known: new Set() });
    expect(provider.status().failed).toEqual({});
  });

  it('takes a model out of service until it is restored, or its traffic changes', () => {
    provider.withdraw('m');
    expect(provider.find('m')).toBeUndefined();
    expect(provider.status()).toMatchObject({ live: {}, withdrawn: ['m'] });
    expect(provider.restore('m')).toBe(true);
    expect(provider.find('m')?.version).toBe(2);
    provider.withdraw('m');
    provider.publish('m', { traffic, loaded: inMemory, known: new Set() });
    expect(provider.get('m').version).toBe(2);
    expect(provider.restore('nobody')).toBe(false);
  });
});
