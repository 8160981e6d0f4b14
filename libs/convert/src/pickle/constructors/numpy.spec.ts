import { global, handMade, littleEndian, text } from '../hand-made-pickle.js';
import { NdArray } from '../nd-array.js';
import { readPickle } from '../read-pickle.js';

type Part = number | string | Uint8Array;

/** `dtype(code, False, True)` and its state, up to and without the flags that never matter. */
function dtype(
  code: string,
  { names = ['N'], fields = ['N'], size = ['J', littleEndian(0xffffffff)] }: Shape = {},
): Part[] {
  const state: Part[] = ['(K', 3, text('<'), 'N', ...names, ...fields, ...size, 'K', 1, 'K', 0, 't'];
  return [global('numpy', 'dtype'), text(code), 0x89, 0x88, 0x87, 'R', ...state, 'b'];
}

interface Shape {
  readonly names?: readonly Part[];
  readonly fields?: readonly Part[];
  readonly size?: readonly Part[];
}

const EMPTY_ARRAY: readonly Part[] = [
  global('numpy.core.multiarray', '_reconstruct'),
  global('numpy', 'ndarray'),
  'K',
  0,
  0x85,
  'C',
  1,
  'b',
  0x87,
  'R',
];

function array(shape: readonly Part[], type: readonly Part[], content: readonly Part[]): Uint8Array {
  return handMade(...EMPTY_ARRAY, '(K', 1, ...shape, ...type, 0x89, ...content, 'tb.');
}

const bytes = (content: Uint8Array): Part[] => ['B', littleEndian(content.length), content];
const long = (value: number | bigint): Part[] => [0x8a, 8, littleEndian(value, 8)];
const eightBytes = bytes(new Uint8Array(8));
const one = ['K', 1, 0x85];

describe('arrays of numpy', () => {
  it('hold what the file says', () => {
    const { root } = readPickle(array(one, dtype('f8'), bytes(new Uint8Array(Float64Array.of(0.5).buffer))));
    expect((root as NdArray).data).toEqual(Float64Array.of(0.5));
  });

  it.each<[string, Uint8Array, string]>([
    [
      'more elements than memory',
      array([...long(10 ** 9), ...long(10 ** 9), 0x86], dtype('f8'), eightBytes),
      'an array of shape',
    ],
    [
      'a 0 among huge dimensions',
      array([...long(2 ** 31), ...long(2 ** 31), 'K', 0, 0x87], dtype('f8'), bytes(new Uint8Array())),
      'an array of shape',
    ],
    ['a negative dimension', array([...long(2n ** 64n - 1n), 0x85], dtype('f8'), eightBytes), 'a false shape'],
    [
      'too many dimensions',
      array(['(', ...Array<Part[]>(200).fill(['K', 1]).flat(), 't'], dtype('f8'), eightBytes),
      '200 dimensions',
    ],
    [
      'fewer bytes than elements',
      array(['K', 50, 0x85], dtype('f8'), eightBytes),
      'an array of 8 bytes, where its shape needs 400',
    ],
    ['more bytes than elements', array(one, dtype('f4'), eightBytes), 'an array of 8 bytes, where its shape needs 4'],
    ['an unknown dtype', array(one, dtype('zz9'), eightBytes), 'numpy dtype "zz9"'],
    ['a dtype of 99 MB', array(one, dtype('f99999999'), eightBytes), 'a numpy dtype of 99999999 bytes'],
    ['dates', array(one, dtype('M8'), eightBytes), 'an array of numpy dtype M8'],
    ['complex numbers', array(one, dtype('c8'), eightBytes), 'an array of numpy dtype c8'],
    ['raw memory', array(one, dtype('V8', { size: ['K', 8] }), eightBytes), 'an array of numpy dtype V8'],
    ['objects from bytes', array(one, dtype('O8'), eightBytes), 'whose content is not a list'],
    ['content that is a function', array(one, dtype('f8'), [global('numpy', 'log1p')]), 'whose content is not bytes'],
    ['no content at all', handMade(...EMPTY_ARRAY, '.'), 'an array without content'],
  ])('refuse %s', (_, file, message) => {
    expect(() => readPickle(file)).toThrow(message);
  });
});

describe('structured dtypes', () => {
  const names: Part[] = [text('a'), 0x85];
  const size: Part[] = ['K', 8];
  const fieldAt = (offset: number, type: Part[]): Part[] => ['}', text('a'), ...type, 'K', offset, 0x86, 's'];
  const inner = dtype('V8', { names, fields: fieldAt(0, dtype('f8')), size });

  it.each<[string, Part[], string]>([
    ['a field beyond the end', dtype('V8', { names, fields: fieldAt(4, dtype('f8')), size }), 'the place of field a'],
    ['a field that is missing', dtype('V8', { names, fields: ['}'], size }), 'a field of a structured dtype'],
    ['records in records', dtype('V8', { names, fields: fieldAt(0, inner), size }), 'holds objects or records'],
    ['objects in records', dtype('V8', { names, fields: fieldAt(0, dtype('O8')), size }), 'holds objects or records'],
  ])('refuse %s', (_, type, message) => {
    expect(() => readPickle(array(one, type, eightBytes))).toThrow(message);
  });
});
