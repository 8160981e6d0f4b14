import { writeInvocation } from './invocation-answer.js';

const SCORES = [{ score: 1 }, { score: [2, null] }];

describe('the answer of an invocation', () => {
  it.each([
    [undefined, 'application/json', '{"predictions":[1,[2,null]]}'],
    ['text/html, text/csv;q=0.5', 'text/csv', '1\n2,\n'],
    ['application/jsonlines', 'application/jsonlines', '{"score":1}\n{"score":[2,null]}\n'],
    ['*/*, text/csv', 'application/json', '{"predictions":[1,[2,null]]}'],
    ['constructor', 'application/json', '{"predictions":[1,[2,null]]}'],
    ['__proto__', 'application/json', '{"predictions":[1,[2,null]]}'],
  ])('to one who accepts %s is %s', (accept, type, text) => {
    expect(writeInvocation(accept, SCORES)).toEqual({ type, text });
  });
});
