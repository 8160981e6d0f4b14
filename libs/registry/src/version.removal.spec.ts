import { ServingError } from '@app/core';
import type { Model } from 'mongoose';
import type { ArtifactCleaner } from './artifact.cleaner.js';
import { EventLog } from './event.log.js';
import type { ModelEvent } from './model-event.schema.js';
import type { ModelChange, ModelStore } from './model.store.js';
import type { ModelVersion } from './model-version.schema.js';
import type { RegisteredModel } from './registered-model.schema.js';
import type { TrafficFollower } from './traffic.follower.js';
import { VersionRemoval } from './version.removal.js';
import type { VersionStore } from './version.store.js';

type SmallModel = Pick<RegisteredModel, '_id' | 'traffic' | 'earlier' | 'leaving'>;

/** A database with a model whose version 1 is live and whose version 2 nobody gets. */
class SmallDatabase {
  readonly events: Partial<ModelEvent>[] = [];
  readonly numbers = new Set([1, 2]);
  readonly collection = { insertOne: async (event: ModelEvent) => void this.events.push(event) };
  private model: SmallModel = { _id: 'm', traffic: { active: 1, shadows: [] }, earlier: [2], leaving: [] };

  async get(): Promise<SmallModel> {
    return this.model;
  }

  async list(): Promise<SmallModel[]> {
    return [this.model];
  }

  async change(_: string, decide: (model: SmallModel) => Promise<ModelChange>): Promise<SmallModel> {
    return (this.model = { ...this.model, ...(await decide(this.model)) });
  }

  async find(_: string, version: number): Promise<ModelVersion | null> {
    return this.numbers.has(version) ? ({ version } as ModelVersion) : null;
  }

  async remove(_: string, version: number): Promise<void> {
    this.numbers.delete(version);
  }
}

const unavailable = new ServingError(
  'unavailable',
  'WORKER_SILENT',
  'a worker of this service does not answer; try again',
);

/** Fails as often as it is told to, and does nothing from then on. */
class FailingAtFirst {
  constructor(private failures: number) {}

  async call(): Promise<void> {
    if (this.failures-- > 0) throw unavailable;
  }
}

describe('the removal of a version', () => {
  let database: SmallDatabase;
  const removalWith = (failures: { readonly followed?: number; readonly cleaned?: number }): VersionRemoval => {
    database = new SmallDatabase();
    const followed = new FailingAtFirst(failures.followed ?? 0);
    const cleaned = new FailingAtFirst(failures.cleaned ?? 0);
    return new VersionRemoval(
      database as unknown as ModelStore,
      database as unknown as VersionStore,
      { remove: () => cleaned.call() } as unknown as ArtifactCleaner,
      { followEverywhere: () => followed.call() } as unknown as TrafficFollower,
      new EventLog(database as unknown as Model<ModelEvent>),
    );
  };

  it('is done, and in the log, although a worker does not answer: that one follows by itself', async () => {
    await removalWith({ followed: 1 }).remove('m', 2, { by: 'mira' });
    expect([...database.numbers]).toEqual([1]);
    expect(database.events).toMatchObject([{ action: 'delete', version: 2, by: 'mira', done: true }]);
  });

  it('is in the log although its files cannot be removed now, and is ended later', async () => {
    const removal = removalWith({ cleaned: 1 });
    await expect(removal.remove('m', 2, {})).rejects.toMatchObject({ kind: 'unavailable' });
    expect(database.events).toMatchObject([{ action: 'delete', version: 2, done: true }]);
    await removal.finish();
    expect(await database.get()).toMatchObject({ earlier: [], leaving: [] });
  });

  it('is refused, and the refusal is in the log, where somebody gets the version', async () => {
    await expect(removalWith({}).remove('m', 1, {})).rejects.toMatchObject({ code: 'VERSION_IN_TRAFFIC' });
    expect(database.events).toMatchObject([{ action: 'delete', version: 1, done: false, code: 'VERSION_IN_TRAFFIC' }]);
  });
});
