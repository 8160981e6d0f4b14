import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import mongoose, { mongo, Schema, type Connection } from 'mongoose';
import { testDatabaseUri } from '../../../test/setup/test-database.js';

interface Capture {
  readonly _id: number;
  readonly model: string;
  readonly score: number;
  readonly at: Date;
  readonly tags?: readonly string[];
  readonly note?: string;
}

const DAY_MS = 86_400_000;
const START = Date.UTC(2024, 0, 1);
const captures: Capture[] = Array.from({ length: 500 }, (_, i) => ({
  _id: i,
  model: `m${i % 5}`,
  score: i,
  at: new Date(START + (i * DAY_MS) / 50),
  tags: [`t${i % 3}`],
}));

/** What this project asks of a MongoDB; run it against any with MONGODB_URI. */
describe('the database', () => {
  let connection: Connection;
  const named = <T extends mongo.Document = mongo.Document>(name: string) =>
    connection.collection<T>(`operations_${name}`);
  const data = () => named<Capture>('captures');

  beforeAll(async () => {
    connection = await mongoose.createConnection(testDatabaseUri(), { autoIndex: false }).asPromise();
    await dropAll();
    await data().insertMany(captures);
  });
  afterAll(async () => {
    await dropAll();
    await connection.close();
  });

  async function dropAll(): Promise<void> {
    const collections = await connection.db!.listCollections({ name: /^operations_/ }).toArray();
    for (const { name } of collections) await connection.collection(name).drop();
  }

  describe('finds', () => {
    it('by filter, sorted, skipped, limited, projected', async () => {
      const filter = {
        score: { $gte: 10, $lt: 100 },
        tags: 't1',
        note: { $exists: false },
        $expr: { $gt: ['$score', 20] },
      };
      const found = await data().find(filter).sort({ score: -1 }).skip(1).limit(2).project({ score: 1 }).toArray();
      expect(found).toEqual([
        { _id: 94, score: 94 },
        { _id: 91, score: 91 },
      ]);
    });

    it('through a cursor, batch by batch, in order', async () => {
      const ids: number[] = [];
      for await (const { _id } of data().find().sort({ _id: 1 }).batchSize(37)) ids.push(_id);
      expect(ids).toEqual(captures.map(({ _id }) => _id));
    });

    it('counts, distinct values and patterns', async () => {
      expect(await data().countDocuments({ model: /^M3$/i })).toBe(100);
      expect(await data().estimatedDocumentCount()).toBe(500);
      expect(await data().distinct('model')).toEqual(['m0', 'm1', 'm2', 'm3', 'm4']);
    });

    it('sorts values of different types as MongoDB does', async () => {
      const mixed = named('mixed');
      await mixed.insertMany([{ v: true }, { v: 'a' }, { v: { a: 1 } }, { v: 1 }, { v: null }, { v: new Date(0) }]);
      const sorted = await mixed.find().sort({ v: 1 }).toArray();
      expect(sorted.map(({ v }) => v)).toEqual([null, 1, 'a', { a: 1 }, true, new Date(0)]);
    });
  });

  describe('writes', () => {
    it('goes on after duplicates in an unordered insert, and says which they were', async () => {
      const target = named<{ _id: number }>('unordered');
      await target.insertMany([{ _id: 2 }, { _id: 4 }]);
      const error = await target
        .insertMany(
          [1, 2, 3, 4, 5].map((_id) => ({ _id })),
          { ordered: false },
        )
        .catch((caught: unknown) => caught as mongo.MongoBulkWriteError);
      expect(error).toMatchObject({ code: 11000, insertedCount: 3 });
      expect(
        ((error as mongo.MongoBulkWriteError).writeErrors as mongo.WriteError[]).map(({ index }) => index),
      ).toEqual([1, 3]);
      expect(await target.countDocuments()).toBe(5);
    });

    it('mixed operations in one bulk', async () => {
      const target = named<{ _id: number; n?: number }>('bulk');
      const result = await target.bulkWrite([
        { insertOne: { document: { _id: 1 } } },
        { updateOne: { filter: { _id: 1 }, update: { $set: { n: 5 } } } },
        { replaceOne: { filter: { _id: 1 }, replacement: { n: 6 } } },
        { updateOne: { filter: { _id: 2 }, update: { $setOnInsert: { n: 1 } }, upsert: true } },
        { updateMany: { filter: {}, update: { $inc: { n: 1 } } } },
        { deleteOne: { filter: { _id: 2 } } },
      ]);
      expect(result).toMatchObject({ insertedCount: 1, matchedCount: 4, upsertedCount: 1, deletedCount: 1 });
      expect(await target.find().toArray()).toEqual([{ _id: 1, n: 7 }]);
    });

    it('counts without losing one, for many writers at once', async () => {
      const counters = named<{ _id: string; n: number }>('counters');
      const next = () =>
        counters.findOneAndUpdate({ _id: 'v' }, { $inc: { n: 1 } }, { upsert: true, returnDocument: 'after' });
      await next();
      const numbers = await Promise.all(Array.from({ length: 30 }, async () => (await next())!.n));
      expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => i + 2));
    });

    it('with the operators of updates: arrays, positions, filters, pipelines', async () => {
      const target = named<{ _id: number; a: number[]; items: { s: string; q: number }[]; b?: number }>('updates');
      await target.insertOne({ _id: 1, a: [1, 2], items: [{ s: 'x', q: 1 }, { s: 'y', q: 2 }] }); // prettier-ignore
      await target.updateOne(
        { _id: 1, 'items.s': 'y' },
        { $set: { 'items.$.q': 7 }, $push: { a: { $each: [4, 3], $sort: 1, $slice: -3 } } },
      );
      await target.updateOne(
        { _id: 1 },
        { $inc: { 'items.$[e].q': 10 }, $addToSet: { a: 9 } },
        { arrayFilters: [{ 'e.s': 'x' }] },
      );
      await target.updateOne({ _id: 1 }, [{ $set: { b: { $size: '$a' } } }]);
      const items = [{ s: 'x', q: 11 }, { s: 'y', q: 7 }]; // prettier-ignore
      expect(await target.findOne()).toEqual({ _id: 1, a: [2, 3, 4, 9], items, b: 4 });
    });
  });

  describe('keeps to its indexes', () => {
    it('unique over two fields: E11000 with the key', async () => {
      const versions = named('versions');
      await versions.createIndex({ model: 1, version: -1 }, { unique: true });
      await versions.insertMany([{ model: 'a', version: 1 }, { model: 'a', version: 2 }]); // prettier-ignore
      await expect(versions.insertOne({ model: 'a', version: 2 })).rejects.toMatchObject({
        code: 11000,
        keyPattern: { model: 1, version: -1 },
        keyValue: { model: 'a', version: 2 },
      });
    });

    it('unique within a part of the collection', async () => {
      const live = named('live');
      await live.createIndex({ model: 1 }, { unique: true, partialFilterExpression: { isLive: true } });
      await live.insertMany([{ model: 'a', isLive: false }, { model: 'a', isLive: false }, { model: 'a', isLive: true }]); // prettier-ignore
      await expect(live.insertOne({ model: 'a', isLive: true })).rejects.toMatchObject({ code: 11000 });
    });

    it('and uses them', async () => {
      await data().createIndex({ model: 1, at: -1 });
      const plan = JSON.stringify(await data().find({ model: 'm1' }).sort({ at: -1 }).explain());
      expect(plan).toContain('IXSCAN');
      expect(plan).not.toContain('"SORT"');
    });

    it('through Mongoose schemas, synchronised', async () => {
      const schema = new Schema({ email: { type: String, unique: true } }, { collection: 'operations_users' });
      const User = connection.model('User', schema);
      await User.createIndexes();
      await User.create({ email: 'a@x' });
      await expect(User.create({ email: 'a@x' })).rejects.toMatchObject({ code: 11000 });
      expect(await User.syncIndexes()).toEqual([]);
    });

    it('and validators', async () => {
      const options = { validator: { $jsonSchema: { required: ['score'] } } };
      const strict = await connection.db!.createCollection('operations_strict', options);
      await expect(strict.insertOne({ other: 1 })).rejects.toMatchObject({ code: 121 });
    });
  });

  describe('aggregates', () => {
    const run = (pipeline: mongo.Document[]) => data().aggregate(pipeline).toArray();

    it('groups', async () => {
      const group = { _id: '$model', n: { $sum: 1 }, mean: { $avg: '$score' }, last: { $max: '$at' } };
      const [first] = await run([{ $group: group }, { $sort: { _id: 1 } }]);
      expect(first).toEqual({ _id: 'm0', n: 100, mean: 247.5, last: captures[495]!.at });
    });

    it('buckets, a boundary belonging to the upper one', async () => {
      const bucket = { groupBy: '$score', boundaries: [0, 100, 500], output: { n: { $sum: 1 } } };
      expect(await run([{ $bucket: bucket }])).toEqual([
        { _id: 0, n: 100 },
        { _id: 100, n: 400 },
      ]);
      expect(await run([{ $bucketAuto: { groupBy: '$score', buckets: 4 } }])).toHaveLength(4);
    });

    it('by the day of a time zone', async () => {
      const day = { $dateTrunc: { date: '$at', unit: 'day', timezone: 'Europe/Berlin' } };
      const days = await run([{ $group: { _id: day, n: { $sum: 1 } } }, { $sort: { _id: 1 } }, { $limit: 2 }]);
      expect(days).toEqual([
        { _id: new Date(START - 3_600_000), n: 48 },
        { _id: new Date(START + DAY_MS - 3_600_000), n: 50 },
      ]);
    });

    it('percentiles and medians', async () => {
      const p = { $percentile: { input: '$score', p: [0.5, 0.95], method: 'approximate' } };
      const [{ p: found }] = (await run([{ $group: { _id: null, p } }])) as [{ p: number[] }];
      expect(Math.abs(found[0]! - 249)).toBeLessThan(3);
      expect(Math.abs(found[1]! - 474)).toBeLessThan(3);
    });

    it('several at once', async () => {
      const facets = { all: [{ $count: 'n' }], top: [{ $sortByCount: '$model' }, { $limit: 2 }] };
      const [result] = await run([{ $facet: facets }]);
      expect(result).toMatchObject({ all: [{ n: 500 }], top: [{ count: 100 }, { count: 100 }] });
    });

    it('over windows, joined, and with gaps filled', async () => {
      const window = { sortBy: { _id: 1 }, output: { sum: { $sum: '$score', window: { documents: [-1, 0] } } } };
      const windows = await run([
        { $setWindowFields: window },
        { $match: { _id: { $in: [0, 7] } } },
        { $sort: { _id: 1 } },
      ]);
      expect(windows.map(({ sum }) => sum as number)).toEqual([0, 13]);
      const lookup = { from: data().collectionName, localField: 'model', foreignField: 'model', as: 'peers' };
      expect((await run([{ $limit: 1 }, { $lookup: lookup }]))[0]?.peers).toHaveLength(100);
      const range = { step: 1, unit: 'day', bounds: 'full' };
      const sparse = [{ $match: { _id: { $in: [0, 499] } } }, { $project: { at: 1 } }];
      expect((await run([...sparse, { $densify: { field: 'at', range } }])).length).toBe(11);
    });

    it('through a cursor, and into a collection', async () => {
      let n = 0;
      for await (const _ of data().aggregate([{ $match: {} }], { batchSize: 50 })) n++;
      expect(n).toBe(500);
      await run([{ $match: { model: 'm1' } }, { $merge: { into: 'operations_merged', whenMatched: 'replace' } }]);
      expect(await named('merged').countDocuments()).toBe(100);
    });
  });

  it('keeps files: whole, in part, and gone when deleted', async () => {
    const bucket = new mongo.GridFSBucket(connection.db!, { bucketName: 'operations_files' });
    const bytes = randomBytes(1_500_000);
    const upload = bucket.openUploadStream('model.onnx', { metadata: { sha256: 'x' } });
    upload.end(bytes);
    await once(upload, 'finish');
    const read = async (range = {}) => Buffer.concat(await bucket.openDownloadStream(upload.id, range).toArray());
    expect((await read()).equals(bytes)).toBe(true);
    expect((await read({ start: 250_000, end: 600_000 })).equals(bytes.subarray(250_000, 600_000))).toBe(true);
    expect(await bucket.find().next()).toMatchObject({ length: bytes.length, metadata: { sha256: 'x' } });
    await bucket.delete(upload.id);
    expect(await connection.collection('operations_files.chunks').countDocuments()).toBe(0);
  });

  it('gives every type of value back as it was', async () => {
    const types = named('types');
    const written = {
      long: mongo.Long.fromString('9007199254740993'),
      int: new mongo.Int32(3),
      double: new mongo.Double(3),
      decimal: mongo.Decimal128.fromString('1.10'),
      timestamp: new mongo.Timestamp({ t: 1, i: 2 }),
      pattern: new mongo.BSONRegExp('a', 'i'),
      bytes: new mongo.Binary(Buffer.from([1, 2])),
      uuid: new mongo.UUID(),
      nothing: null,
      text: '💥\u0000x',
      notANumber: new mongo.Double(NaN),
      infinite: new mongo.Double(Infinity),
      minusZero: new mongo.Double(-0),
      nested: { at: new Date(5), list: [new mongo.Int32(1), 'b'] },
    };
    const { insertedId } = await types.insertOne({ ...written });
    const read = await types.findOne({ _id: insertedId }, { promoteValues: false, bsonRegExp: true });
    const bytes = (document: mongo.Document) => Buffer.from(mongo.BSON.serialize(document)).toString('hex');
    expect(bytes(read!)).toBe(bytes({ _id: insertedId, ...written }));
  });

  it('takes a document of 15 MB, and a hundred questions at once', async () => {
    const big = named('big');
    await big.insertOne({ text: 'x'.repeat(15_000_000) });
    expect(((await big.findOne())!.text as string).length).toBe(15_000_000);
    const found = await Promise.all(captures.slice(0, 100).map(({ _id }) => data().findOne({ _id })));
    expect(found).toEqual(captures.slice(0, 100));
  });

  it('follows a capped collection as it grows', async () => {
    const capped = await connection.db!.createCollection<{ _id: number }>('operations_capped', {
      capped: true,
      size: 1e5,
      max: 3,
    });
    await capped.insertMany([0, 1, 2, 3, 4].map((_id) => ({ _id })));
    expect(await capped.countDocuments()).toBe(3);
    const cursor = capped.find({ _id: { $gte: 4 } }, { tailable: true, awaitData: true, maxAwaitTimeMS: 2_000 });
    expect(await cursor.next()).toEqual({ _id: 4 });
    const next = cursor.next();
    await capped.insertOne({ _id: 5 });
    expect(await next).toEqual({ _id: 5 });
    await cursor.close();
  });
});
