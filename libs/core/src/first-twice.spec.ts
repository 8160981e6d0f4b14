import { firstTwice } from './first-twice.js';

describe('firstTwice', () => {
  it.each([
    [['a', 'b', 'c'], undefined],
    [['a', 'b', 'c', 'b', 'a'], 'b'],
    [['', ''], ''],
    [[], undefined],
  ])('of %j is %j', (names, twice) => {
    expect(firstTwice(names)).toBe(twice);
  });
});
