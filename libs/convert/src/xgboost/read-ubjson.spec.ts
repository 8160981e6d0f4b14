import { ConversionRefused } from '../conversion-refused.js';
import { readUbjson } from './read-ubjson.js';

const bytes = (...parts: readonly (string | number)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))));

describe('readUbjson', () => {
  it('reads objects, texts, numbers and lists', () => {
    const file = bytes(
      '{',
      'i',
      1,
      'a',
      'SU',
      2,
      'hi',
      'i',
      1,
      'b',
      '[',
      'TFZ',
      'I',
      1,
      0,
      ']',
      'U',
      1,
      'c',
      '[$l#i',
      2,
      0,
      0,
      0,
      7,
      255,
      255,
      255,
      255,
      '}',
    );
    expect(readUbjson(file)).toEqual(
      new Map<string, unknown>([
        ['a', 'hi'],
        ['b', [true, false, null, 256]],
        ['c', Float64Array.of(7, -1)],
      ]),
    );
  });

  it('keeps a key such as __proto__ a key', () => {
    const read = readUbjson(bytes('{', 'i', 9, '__proto__', 'i', 1, '}'));
    expect(read).toEqual(new Map([['__proto__', 1]]));
    expect(({} as Record<string, unknown>)['1']).toBeUndefined();
  });

  it.each([
    ['a cut text', bytes('SU', 9, 'short')],
    ['a negative length', bytes('Si', 255)],
    ['a list longer than the file', bytes('[$D#l', 127, 255, 255, 255)],
    ['an endless list of nothing', bytes('[$Z#l', 127, 255, 255, 255)],
    ['an open list', bytes('[', 'i', 1)],
    ['a typed list without a length', bytes('[$i', 1)],
    ['an unknown marker', bytes('?')],
    ['nothing', bytes()],
    ['deep nesting', Buffer.alloc(1_000_000, '[')],
  ])('refuses %s', (_, file) => {
    expect(() => readUbjson(file)).toThrow(ConversionRefused);
  });
});
