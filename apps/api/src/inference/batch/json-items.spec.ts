import fc from 'fast-check';
import { encoderOf, type NamedFeatures, type Signature } from '@app/core';
import { JsonItems } from './json-items.js';

const signature: Signature = {
  task: 'regression',
  features: [
    { name: 'a', type: 'double' },
    { name: 'b', type: 'double' },
  ],
  output: { name: 'score' },
};
const name = fc.constantFrom('a', 'b', 'distance', '1', 'é', '"', '\\', '__proto__', 'constructor');
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, -0, 5.8));
const value = fc.oneof({ weight: 5, arbitrary: number }, fc.constantFrom(null, true, ',', '}]', '\\"', [1], { a: 1 }));
const space = fc.constantFrom('', '', ' ', '\n\t');

/** The text of a row as some client writes it: names, order and white space are the same for all of its rows. */
const client = fc
  .record({
    names: fc.array(name, { minLength: 1, maxLength: 4 }),
    pads: fc.array(space, { minLength: 5, maxLength: 5 }),
  })
  .map(({ names, pads: [a, b, c, d, e] }) => (values: readonly unknown[]) => {
    const members = names.map((key, at) => `${a}${JSON.stringify(key)}${b}:${c}${written(values[at])}${d}`);
    return `{${members.join(',')}}${e}`;
  });
const row = fc.array(value, { minLength: 4, maxLength: 4 });
const clients = fc.array(client, { minLength: 1, maxLength: 2 });
const rows = fc.array(fc.tuple(row, fc.nat(1)), { maxLength: 12 });

describe('JsonItems', () => {
  it('reads the rows that JSON.parse reads, wherever the text is cut', () => {
    const property = fc.property(clients, rows, fc.array(fc.nat(300)), (writers, given, cuts) => {
      const text = `${given.map(([values, who]) => writers[who % writers.length]!(values)).join(',')}]`;
      expect(featuresIn(text, cuts)).toEqual(JSON.parse(`[${text}`));
    });
    fc.assert(property, { numRuns: 3000, seed: 20130101 });
  });

  it('takes no name that is there twice for two', () => {
    const [, second] = new JsonItems().add(Buffer.from('{"a":1,"a":2},{"a":3,"a":4}]'));
    const encoded = encoderOf(signature).start(1);
    second!.addTo(encoded, signature);
    expect(() => encoded.finish()).toThrow('feature "b" is missing');
  });

  it.each([
    ['a comma too many', '{"a":1},,{"a":2}]', 1, ',,{"a":2}]'],
    ['a comma at the end', '{"a":1},{"a":2},]', 2, ',]'],
    ['a bracket of the other kind', '{"a":1}}', 1, '}'],
    ['a number that is none', '{"a":1},{"a":01}]', 1, ',{"a":01}]'],
    ['a row without its end', '{"a":1},{"a":1,{"a":1}]', 1, ',{"a":1,{"a":1}]'],
  ])('stops in front of %s', (_, text, count, rest) => {
    const items = new JsonItems();
    expect(items.add(Buffer.from(text)).length).toBe(count);
    expect(items.rest.toString()).toBe(rest);
  });

  it('stops in front of bytes that are no UTF-8', () => {
    const items = new JsonItems();
    expect(items.add(Buffer.from('{"a":1},{"\xff":1}]', 'latin1')).length).toBe(1);
    expect(items.isStopped).toBe(true);
  });
});

function featuresIn(text: string, cuts: readonly number[]): NamedFeatures[] {
  const bytes = Buffer.from(text);
  const items = new JsonItems();
  const ends = [...cuts.toSorted((a, b) => a - b).filter((cut) => cut < bytes.length), bytes.length];
  const chunks = ends.map((end, at) => bytes.subarray(ends[at - 1] ?? 0, end));
  const read = chunks.flatMap((chunk) => (items.isStopped ? [] : items.add(chunk)));
  // The bracket at the end, and all of an empty array, are left.
  expect(items.rest.toString()).toBe(']');
  expect(read.map(({ line }) => line)).toEqual(read.map((_, at) => at + 1));
  return read.map((one) => one.features(signature));
}

function written(given: unknown): string {
  return Object.is(given, -0) ? '-0' : JSON.stringify(given);
}
