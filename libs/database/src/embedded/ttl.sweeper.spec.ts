import { expiredBy } from './ttl.sweeper.js';

describe('what a TTL index says has expired', () => {
  const now = Date.UTC(2024, 0, 1, 0, 1);
  const expired = { at: { $lte: new Date(Date.UTC(2024, 0, 1)), $type: 'date' } };

  it('is a date older than the index allows', () => {
    expect(expiredBy({ key: { at: 1 }, expireAfterSeconds: 60 }, now)).toEqual(expired);
  });

  it('is within the part of the collection that a partial index covers', () => {
    const partialFilterExpression = { kind: 'event' };
    expect(expiredBy({ key: { at: -1 }, expireAfterSeconds: 60, partialFilterExpression }, now)).toEqual({
      $and: [expired, partialFilterExpression],
    });
  });
});
