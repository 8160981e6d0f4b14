import type { EventLog } from './event.log.js';
import type { ModelMemory } from './model.memory.js';
import type { ModelStore } from './model.store.js';
import type { RegisteredModel } from './registered-model.schema.js';
import { TrafficControl } from './traffic.control.js';
import type { TrafficFollower } from './traffic.follower.js';
import type { VersionStore } from './version.store.js';

const modelAt = (revision: number): RegisteredModel => ({
  _id: 'flight-delay',
  lastVersion: 2,
  revision,
  traffic: { active: 1, canary: { version: 2, percent: 10 }, shadows: [] },
  earlier: [],
  leaving: [],
});

/** A model that another replica changes just before each change. */
class OvertakenStore {
  async change(_: string, decide: (model: RegisteredModel) => Promise<Partial<RegisteredModel>>) {
    await decide(modelAt(7));
    return decide(modelAt(8));
  }
}

const control = new TrafficControl(
  new OvertakenStore() as unknown as ModelStore,
  { get: async () => ({ signature: { features: [] } }) } as unknown as VersionStore,
  { load: async () => undefined } as unknown as ModelMemory,
  { followEverywhere: async () => undefined } as unknown as TrafficFollower,
  { keep: (_: unknown, work: () => unknown) => work() } as unknown as EventLog,
);

describe('a change of traffic that was overtaken', () => {
  it('is made nevertheless where no revision is named', async () => {
    expect(await control.endCanary('flight-delay', {})).toEqual({ active: 1, shadows: [] });
  });

  it('is refused where it was meant for one revision only', async () => {
    const refused = expect.objectContaining({ code: 'TRAFFIC_CHANGED' }) as unknown;
    const request = { ifRevision: 7, allowSignatureChange: true };
    await expect(control.endCanary('flight-delay', request)).rejects.toEqual(refused);
    await expect(control.activate('flight-delay', 2, request)).rejects.toEqual(refused);
  });
});
