import { type Collection, MongoBulkWriteError } from 'mongodb';
import type { DataCapture } from '../data-capture.schema.js';
import { insertDocuments } from './insert-documents.js';

const documents = [{ score: 1 }, { score: 2 }] as unknown as DataCapture[];

/** A collection whose insert ends with the errors of these codes, one a document. */
function failingWith(...codes: number[]): Collection<DataCapture> {
  const errors = codes.map((code, index) => ({ code, index, errmsg: `code ${code}` }));
  const insertMany = (): Promise<never> => {
    const error = new MongoBulkWriteError({ message: 'failed', code: 0, writeErrors: [] }, {} as never);
    error.writeErrors = errors as never;
    return Promise.reject(error);
  };
  return { insertMany } as unknown as Collection<DataCapture>;
}

describe('insertDocuments', () => {
  it('takes what is there already for inserted', async () => {
    expect(await insertDocuments(failingWith(11_000, 11_000), documents)).toEqual([]);
  });

  it('gives back the one document that the database refuses', async () => {
    expect(await insertDocuments(failingWith(11_000, 121), documents)).toEqual([
      { document: documents[1], reason: 'code 121' },
    ]);
  });

  it.each([
    ['a connection that broke: the driver says nothing of any document', []],
    ['a database that cannot write now', [11_000, 14_031]],
  ])('takes nothing for inserted after %s', async (_, codes) => {
    await expect(insertDocuments(failingWith(...codes), documents)).rejects.toThrow();
  });
});
