import { gzipSync, deflateSync } from 'node:zlib';
import { ConversionRefused } from '../conversion-refused.js';
import { global, handMade, littleEndian, text } from './hand-made-pickle.js';
import type { PickleLimits } from './limits.js';
import { readPickle } from './read-pickle.js';

const ENCODE = handMade(
  global('_codecs', 'encode'),
  'X',
  littleEndian(1000),
  'a'.repeat(1000),
  text('latin1'),
  0x86,
  'R',
);

const BOMBS: readonly [string, Uint8Array, Partial<PickleLimits>, string][] = [
  ['bytes', handMade('N'.repeat(100), '.'), { maxBytes: 50 }, 'the file has more than 50 bytes'],
  ['opcodes', handMade('N0'.repeat(100), 'N.'), { maxOpcodes: 50 }, 'more than 50 opcodes'],
  ['objects', handMade(']0'.repeat(100), 'N.'), { maxObjects: 50 }, 'more than 50 objects'],
  ['memo entries', handMade('N', 'p1\n', 'p2\np3\n', '.'), { maxMemoEntries: 2 }, 'too many memo entries'],
  ['the stack', handMade('N', '2'.repeat(100), '.'), { maxStackDepth: 50 }, 'a stack without end'],
  ['marks', handMade('('.repeat(100), 't'.repeat(100), '.'), { maxMarks: 50 }, 'too many open marks'],
  ['nesting', handMade(']'.repeat(100), 'a'.repeat(99), '.'), { maxNesting: 50 }, 'nested more than 50 levels deep'],
  ['copied data', handMade(ENCODE, '0', ENCODE, '.'), { maxDataBytes: 1500 }, 'more than 1500 bytes of array data'],
  ['time', handMade('N0'.repeat(10_000), 'N.'), { timeoutMs: 0 }, 'more than 0 ms'],
  ['zlib', deflateSync(Buffer.alloc(10_000)), { maxBytes: 5000 }, 'decompresses to more than 5000 bytes'],
  ['gzip', gzipSync(Buffer.alloc(10_000)), { maxBytes: 5000 }, 'decompresses to more than 5000 bytes'],
];

describe('limits', () => {
  it.each(BOMBS)('stop a file that is too much in %s', (_, bytes, limits, message) => {
    expect(() => readPickle(bytes, limits)).toThrow(expect.objectContaining({ code: 'MODEL_TOO_COMPLEX' }));
    expect(() => readPickle(bytes, limits)).toThrow(ConversionRefused);
    expect(() => readPickle(bytes, limits)).toThrow(message);
  });

  it.each([
    ['100,000 nested lists', handMade(']'.repeat(100_000), 'a'.repeat(99_999), '.')],
    ['150,000 nested tuples', handMade(')', new Uint8Array(150_000).fill(0x85), '.')],
    ['a million empty dicts in a tuple', handMade('(', '}'.repeat(1_000_000), 't.')],
    ['a dict key of a long text in a tuple', handMade('}X', littleEndian(5000), 'a'.repeat(5000), 0x85, 'Ns.')],
    ['a dict key of 150,000 nested tuples', handMade('})', new Uint8Array(150_000).fill(0x85), 'Ns.')],
  ])('as they are by default stop %s', (_, bytes) => {
    expect(() => readPickle(bytes)).toThrow(expect.objectContaining({ code: 'MODEL_TOO_COMPLEX' }));
  });

  it('let a list that is shared without end as a tree, but small as a graph, pass', () => {
    const levels = Array.from({ length: 60 }, (_, i) =>
      handMade('q', i, '0](', ...Array(10).fill(handMade('h', i)), 'e'),
    );
    expect(readPickle(handMade(']', ...levels, '.')).root).toHaveLength(10);
  });

  it('refuse compressed streams that are damaged', () => {
    const whole = deflateSync(handMade('N.'));
    expect(() => readPickle(whole.subarray(0, 4))).toThrow('the compressed stream is damaged');
    expect(() => readPickle(new Uint8Array())).toThrow('the file is empty');
  });
});
