import { type CapturedRows, CaptureRecorder, DataCapture, DataCaptureSchema } from '@app/capture';
import mongoose, { type Connection, type Model } from 'mongoose';
import { testDatabaseUri } from '../../../test/setup/test-database.js';

const capture = (distance: number): CapturedRows => ({
  columns: [{ name: 'distance', type: 'integer' }],
  rows: { count: 1, width: 1, numbers: Float64Array.of(distance), texts: [] },
  predictions: [{ score: distance / 2 }],
  model: 'flight-delay',
  version: 1,
  warnings: new Map(),
});

describe('CaptureRecorder', () => {
  let connection: Connection;
  let captures: Model<DataCapture>;
  let recorder: CaptureRecorder;
  beforeEach(async () => {
    connection = await mongoose.createConnection(testDatabaseUri()).asPromise();
    await connection.dropDatabase();
    captures = connection.model<DataCapture>(DataCapture.name, DataCaptureSchema);
    recorder = new CaptureRecorder(captures);
  });
  afterEach(() => connection.close());

  it('has written a capture when it gives its id', async () => {
    const id = (await recorder.record(capture(284))).at(0);
    expect(await captures.findById(id).lean()).toMatchObject({
      features: { distance: 284 },
      score: 142,
      model_version: 1,
    });
  });

  it('writes many at once in few groups, each exactly once', async () => {
    let groups = 0;
    const counted = recorderThrough(async (documents, options) => {
      groups++;
      await captures.collection.insertMany(documents, options);
    });
    const ids = await Promise.all(Array.from({ length: 500 }, (_, i) => counted.record(capture(i))));
    expect(new Set(ids.map((range) => range.at(0))).size).toBe(500);
    expect(await captures.countDocuments()).toBe(500);
    expect(groups).toBeLessThan(10);
  });

  it('takes a capture that is there already for written: its first try was, and only the answer was lost', async () => {
    let tries = 0;
    const lossy = recorderThrough(async (documents, options) => {
      tries++;
      await captures.collection.insertMany(documents, options);
      if (tries === 1) throw new mongoose.mongo.MongoNetworkError('the answer was lost');
    });
    await lossy.record(capture(284));
    expect([tries, await captures.countDocuments()]).toEqual([2, 1]);
  });

  it('says that a prediction is not kept when the database refuses it, and goes on with the next', async () => {
    let tries = 0;
    const full = recorderThrough(async () => {
      if (++tries === 1) throw new Error('disk full');
    });
    await expect(full.record(capture(284))).rejects.toMatchObject({ kind: 'unavailable', code: 'CAPTURE_UNAVAILABLE' });
    await expect(full.record(capture(285))).resolves.toBeDefined();
  });
});

type InsertMany = (documents: DataCapture[], options: object) => Promise<void>;

/** A recorder whose writes go through `insertMany`. */
function recorderThrough(insertMany: InsertMany): CaptureRecorder {
  return new CaptureRecorder({ collection: { insertMany } } as unknown as Model<DataCapture>);
}
