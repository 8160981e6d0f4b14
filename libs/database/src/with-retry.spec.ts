import { mongo } from 'mongoose';
import { withRetry } from './with-retry.js';

/** Fails a number of times before it answers. */
function failing(times: number, error: Error): { readonly calls: () => number; readonly run: () => Promise<string> } {
  let calls = 0;
  const run = async () => {
    if (++calls <= times) throw error;
    return 'done';
  };
  return { calls: () => calls, run };
}

const away = new mongo.MongoNetworkError('connect ENOENT');

describe('withRetry', () => {
  it('repeats an operation until the database is back', async () => {
    const operation = failing(2, away);
    expect(await withRetry(operation.run)).toBe('done');
    expect(operation.calls()).toBe(3);
  });

  it('gives up in time, with the error of the last try', async () => {
    const operation = failing(100, away);
    await expect(withRetry(operation.run, 200)).rejects.toBe(away);
    expect(operation.calls()).toBeGreaterThan(1);
  });

  it('repeats nothing that the database itself has refused', async () => {
    const refused = new mongo.MongoServerError({ code: 11000 });
    const operation = failing(1, refused);
    await expect(withRetry(operation.run)).rejects.toBe(refused);
    expect(operation.calls()).toBe(1);
  });
});
