import { BSON, type Document } from 'bson';
import { type Db, MongoClient } from 'mongodb';
import { testDatabaseUri } from '../../../../test/setup/test-database.js';
import type { Documents } from './documents.js';
import { insertDocuments } from './insert-documents.js';

const documents = [
  { _id: 1, score: 1 },
  { _id: 2, score: 2 },
];

const bson = (all: readonly Document[]): Documents => ({
  bytes: Buffer.concat(all.map((document) => BSON.serialize(document))),
  count: all.length,
});

/** A database that answers an insert like this. */
function answering(reply: Document): Db {
  return { command: () => Promise.resolve({ ok: 1, ...reply }) } as unknown as Db;
}

/** The reply of a database that refuses documents with these codes, in their order. */
const errors = (...codes: number[]): Document => ({
  n: documents.length - codes.length,
  writeErrors: codes.map((code, index) => ({ code, index, errmsg: `code ${code}` })),
});

describe('insertDocuments', () => {
  let client: MongoClient;
  let db: Db;
  beforeAll(async () => {
    client = await MongoClient.connect(testDatabaseUri(), { monitorCommands: true });
    db = client.db();
    await db.dropDatabase();
  });
  afterAll(() => client.close());

  const found = (name: string): Promise<Document[]> => db.collection(name).find().sort({ _id: 1 }).toArray();

  it('has the database keep documents as they are', async () => {
    expect(await insertDocuments(db, { collection: 'kept' }, bson(documents))).toEqual([]);
    expect(await found('kept')).toEqual(documents);
  });

  it('takes what is there already for inserted, and inserts the others', async () => {
    await insertDocuments(db, { collection: 'twice' }, bson(documents.slice(0, 1)));
    expect(await insertDocuments(db, { collection: 'twice' }, bson([...documents, { _id: 3 }]))).toEqual([]);
    expect((await found('twice')).map(({ _id }) => Number(_id))).toEqual([1, 2, 3]);
  });

  it('gives back what the database refuses, and inserts the others', async () => {
    await db.createCollection('strict', { validator: { score: { $lt: 2 } } });
    const refused = await insertDocuments(db, { collection: 'strict' }, bson([documents[1]!, documents[0]!]));
    expect(refused).toMatchObject([{ document: documents[1], reason: expect.stringMatching(/validation/) }]);
    expect(await found('strict')).toEqual([documents[0]]);
  });

  it('inserts no more at a time than it is told to', async () => {
    const inserts: unknown[] = [];
    client.on('commandStarted', ({ commandName }) => commandName === 'insert' && inserts.push(commandName));
    const ten = Array.from({ length: 10 }, (_, _id) => ({ _id }));
    const twoOfThem = 2 * BSON.serialize(ten[0]!).length;
    await insertDocuments(db, { collection: 'slowly', mostBytes: twoOfThem }, bson(ten));
    expect(inserts.length).toBe(5);
    expect(await found('slowly')).toEqual(ten);
  });

  it('inserts more than fits into a message, and gives back what is too large for any', async () => {
    const large = (_id: number, bytes: number): Document => ({ _id, text: 'x'.repeat(bytes) });
    const all = [...[1, 2, 3, 4, 5].map((id) => large(id, 10_000_000)), large(6, 16 * 1024 * 1024), large(7, 1)];
    const refused = await insertDocuments(db, { collection: 'large' }, bson(all));
    expect(refused).toMatchObject([{ document: { _id: 6 }, reason: expect.stringMatching(/larger/) }]);
    expect(await db.collection('large').countDocuments()).toBe(6);
    await db.dropCollection('large');
  });

  it.each<[string, Document]>([
    ['a database that cannot write now', errors(11_000, 14_031)],
    ['a disk that did not take it in time', { n: 2, writeConcernError: { code: 64, errmsg: 'waiting timed out' } }],
    ['an answer that does not speak of all of them', { n: 1 }],
  ])('takes nothing for inserted after %s', async (_, reply) => {
    await expect(insertDocuments(answering(reply), { collection: 'any' }, bson(documents))).rejects.toThrow();
  });
});
