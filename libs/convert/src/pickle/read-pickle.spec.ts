import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { doublesOf, integersOf, structuredField } from './array-values.js';
import { NdArray } from './nd-array.js';
import { PyDict, PySet } from './py-dict.js';
import { PyObject } from './py-object.js';
import { readPickle } from './read-pickle.js';
import { PyDType } from './dtype.js';
import { PyGlobal, PyTuple, type PyValue } from './values.js';

const FIXTURES = resolve(import.meta.dirname, '../../fixtures/pickle');
const files = readdirSync(FIXTURES).filter((name) => name.endsWith('.pkl') || name.endsWith('.joblib'));
const refused = files.filter((name) => /bz2|xz|lzma/.test(name));

const readFixture = (name: string) => readPickle(readFileSync(`${FIXTURES}/${name}`));

/** Python values in JavaScript's clothes, so that they compare. */
function plain(value: PyValue | undefined): unknown {
  if (value instanceof PyTuple) return { tuple: value.items.map(plain) };
  if (value instanceof PySet) return { set: value.items.map(plain) };
  if (value instanceof PyDict) return { dict: value.entries().map((entry) => entry.map(plain)) };
  if (value instanceof PyGlobal) return { global: value.path };
  if (value instanceof Uint8Array) return { bytes: [...value] };
  return Array.isArray(value) ? value.map(plain) : value;
}

describe.each(files.filter((name) => !refused.includes(name)))('%s, as Python wrote it', (name) => {
  const { root, container, compression, protocol } = readFixture(name);
  const values = root as PyDict;
  const array = (key: string) => values.get(key) as NdArray;
  const content = (key: string) => [array(key).shape, array(key).data];

  it('states its container, compression and protocol', () => {
    expect(container).toBe(name.endsWith('.joblib') ? 'joblib' : 'pickle');
    expect(compression).toBe(/zlib|gzip/.exec(name)?.[0] ?? 'none');
    expect(protocol).toBeGreaterThanOrEqual(Number(/-p([2-5])/.exec(name)?.[1] ?? 0));
  });

  it('holds arrays of numbers, whatever their byte order and width', () => {
    expect(content('plain')).toEqual([[3], Float64Array.of(0, 1, 2)]);
    expect(content('float32')).toEqual([[2], Float32Array.of(0.5, -0.25)]);
    expect(content('float16')).toEqual([[5], Float32Array.of(1.5, -0, 2 ** -24, Infinity, NaN)]);
    expect(content('int64')).toEqual([[3], BigInt64Array.of(1n, -1n, 2n ** 60n)]);
    expect(content('uint64')).toEqual([[1], BigUint64Array.of(2n ** 64n - 1n)]);
    expect(content('int16')).toEqual([[2], Int16Array.of(-2, 3)]);
    expect(content('int8')).toEqual([[2], Int8Array.of(-2, 3)]);
    expect(content('bigEndian')).toEqual([[2], Float64Array.of(1.5, -2.5)]);
    expect(content('bigEndianInt')).toEqual([[2], Int32Array.of(258, -1)]);
    expect(content('bool')).toEqual([[2], Uint8Array.of(1, 0)]);
    expect(content('empty')).toEqual([[0, 3], new Float64Array()]);
    expect(content('zeroDimensional')).toEqual([[], Float64Array.of(7)]);
  });

  it('holds arrays in Fortran order, in C order', () => {
    expect(content('fortran')).toEqual([[2, 3], Float64Array.of(0, 1, 2, 3, 4, 5)]);
    expect(content('fortran3d')).toEqual([[2, 3, 4], Int32Array.from({ length: 24 }, (_, i) => i)]);
    expect(content('fortranObjects')).toEqual([
      [2, 2],
      ['a', 'b', 'c', 'd'],
    ]);
  });

  it('holds arrays of texts, bytes and objects', () => {
    expect(content('text')).toEqual([[3], ['a', 'héllo', '😀']]);
    expect(content('bytes')).toEqual([[2], ['ab', 'c']]);
    expect(content('objects')).toEqual([[3], ['x', 1, null]]);
  });

  it('holds records, field by field', () => {
    const nodes = array('nodes');
    expect(nodes.shape).toEqual([3]);
    expect(integersOf(structuredField(nodes, 'left'))).toEqual([1, -1, -1]);
    expect(doublesOf(structuredField(nodes, 'threshold'))).toEqual(Float64Array.of(0.5, -2, -2));
    expect(doublesOf(structuredField(nodes, 'leaf'))).toEqual(Float64Array.of(0, 1, 1));
  });

  it('holds scalars of numpy as what they are', () => {
    expect(values.get('scalars')).toEqual([1.5, 0.5, -3, 2n ** 60n, true, 'hé']);
  });

  it("holds Python's own values", () => {
    expect(values.get('integers')).toEqual([0, 255, 65535, -1, 2 ** 31, -(2 ** 40), 2n ** 53n + 1n, -(2n ** 70n)]);
    expect(values.get('floats')).toEqual([0.1, Infinity, -Infinity, NaN, 1e-300]);
    expect(values.get('texts')).toEqual(['', 'hé', '€😀', '\ufeffmark', 'back\\slash\nline']);
    expect(values.get('flags')).toEqual([true, false, null]);
    expect(plain(values.get('bytesOfPython'))).toEqual({ bytes: [0, 255] });
    expect(plain(values.get('bytearrayOfPython'))).toEqual({ bytes: [1, 2] });
  });

  it("holds Python's own containers", () => {
    const lengths = (values.get('tuples') as PyTuple[]).map(({ items }) => items.length);
    expect(lengths).toEqual([0, 1, 2, 3, 4]);
    expect(plain(values.get('sets'))).toEqual([{ set: [1, 2] }, { set: ['a'] }]);
    expect(plain(values.get('ordered'))).toEqual({
      dict: [
        ['b', 1],
        ['a', 2],
      ],
    });
    expect(plain(values.get('defaults'))).toEqual({ dict: [['k', [1]]] });
    const cycle = values.get('cycle') as PyValue[];
    expect(cycle[0]).toBe(cycle);
  });

  it('holds types and slices as names and records', () => {
    expect(plain(values.get('type'))).toEqual({ global: 'numpy.float64' });
    expect((values.get('slice') as PyObject).args).toEqual([1, null, 2]);
    expect((values.get('dtype') as PyDType).dtype).toMatchObject({ kind: 'f', itemSize: 4 });
  });
});

describe('files that are not read', () => {
  it.each(refused)('%s is refused with the compressor to use instead', (name) => {
    expect(() => readFixture(name)).toThrow(/compressed with (bz2|xz|lzma).*zlib/);
  });
});
