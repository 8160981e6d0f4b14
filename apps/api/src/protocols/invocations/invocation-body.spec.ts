import { encoderOf, type Rows, type Signature } from '@app/core';
import { readInvocation } from './invocation-body.js';

const numbered: Signature = {
  task: 'regression',
  features: [
    { name: '0', type: 'double' },
    { name: '1', type: 'double' },
  ],
  output: { name: 'score' },
};
const texts: Signature = { ...numbered, features: [{ name: 'carrier', type: 'string', nullable: true }] };

async function rowsOf(type: string, body: string | Buffer, signature = numbered): Promise<Rows> {
  const read = await readInvocation(type, Buffer.from(body));
  const rows = encoderOf(signature).start(read.count);
  read.addTo(rows, signature);
  return rows.finish().rows;
}

describe('the body of an invocation', () => {
  it('takes CSV with the names of the features and without', async () => {
    const named = {
      ...numbered,
      features: numbered.features.map(({ name }) => ({ name: `x${name}`, type: 'double' })),
    };
    expect([...(await rowsOf('text/csv', 'x1,x0\n2,1\n', named as Signature)).numbers]).toEqual([1, 2]);
    expect([...(await rowsOf('text/csv', '1,2\n')).numbers]).toEqual([1, 2]);
  });

  // Scored, the names would be a row that nobody sent.
  it.each(['0,1\n5.5,6.5', '1,0\n5.5,6.5', ' 0 , 1 \n5.5,6.5'])(
    'refuses CSV whose first row may be names or values: %j',
    async (body) => {
      await expect(rowsOf('text/csv', body)).rejects.toMatchObject({
        kind: 'malformed',
        message: expect.stringContaining('names of the features, or values') as string,
      });
    },
  );

  it('takes an empty cell for a missing text, as the sample beside a model file does', async () => {
    const rows = await rowsOf('text/csv', 'carrier\nAA\n""\n', texts);
    const [, missing] = (await rowsOf('application/json', '{"instances":[["AA"],[null]]}', texts)).texts;
    expect(rows.texts).toEqual(['AA', missing]);
  });

  it.each(['text/csv', 'application/jsonlines', 'application/json'])('refuses %s that is not UTF-8', async (type) => {
    const body = Buffer.from('[["\xfc"]]', 'latin1');
    await expect(readInvocation(type, body)).rejects.toMatchObject({
      kind: 'malformed',
      message: expect.stringContaining('UTF-8') as string,
    });
  });

  it.each(['constructor', '__proto__', 'text/html'])('refuses the type %s', async (type) => {
    await expect(readInvocation(type, Buffer.from('1'))).rejects.toMatchObject({ code: 'CONTENT_TYPE_WRONG' });
  });

  it('names a column that is there twice among very many', async () => {
    const columns = [...Array.from({ length: 100_000 }, (_, at) => `c${at}`), 'c7'];
    const body = JSON.stringify({ dataframe_split: { columns, data: [] } });
    await expect(readInvocation('application/json', Buffer.from(body))).rejects.toThrow('column "c7" is there twice');
  });

  it('says what a name is that is none, however deep it is nested', async () => {
    const body = `{"dataframe_split":{"columns":[${'['.repeat(20_000)}${']'.repeat(20_000)}],"data":[]}}`;
    await expect(readInvocation('application/json', Buffer.from(body))).rejects.toThrow('a name is a text');
  });
});
