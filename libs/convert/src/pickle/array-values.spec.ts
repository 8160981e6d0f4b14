import { doublesOf, hasField, integersOf, itemsOf, labelsOf, structuredField } from './array-values.js';
import type { DType } from './dtype.js';
import { NdArray } from './nd-array.js';
import { PyTuple } from './values.js';

function arrayOf(elements: ArrayBufferView, kind: string, dtype: Partial<DType> = {}): NdArray {
  const bytes = new Uint8Array(elements.buffer);
  const itemSize = 'BYTES_PER_ELEMENT' in elements ? Number(elements.BYTES_PER_ELEMENT) : 1;
  const type = { kind, itemSize, littleEndian: true, ...dtype };
  return NdArray.ofBytes({ shape: [bytes.length / type.itemSize], dtype: type, isFortran: false }, bytes);
}

const longs = arrayOf(BigInt64Array.of(1n, -2n), 'i');
const flags = arrayOf(Uint8Array.of(1, 0), 'b');
const texts = arrayOf(Uint32Array.of(0x61, 0x62), 'U');
const huge = arrayOf(BigInt64Array.of(2n ** 60n), 'i');

describe('the content of an array', () => {
  it('is given as doubles, from any numbers', () => {
    expect(doublesOf(longs)).toEqual(Float64Array.of(1, -2));
    expect(doublesOf(flags)).toEqual(Float64Array.of(1, 0));
    expect(doublesOf(arrayOf(Float32Array.of(0.1), 'f'))).toEqual(Float64Array.of(Math.fround(0.1)));
  });

  it('is given as integers, where they are integers that a double holds', () => {
    expect(integersOf(longs)).toEqual([1, -2]);
    expect(() => integersOf(huge)).toThrow('the integer 1152921504606846976, which no double holds');
    expect(() => integersOf(arrayOf(Float64Array.of(1), 'f'))).toThrow('an array of f8 where integers are expected');
  });

  it('is no list of classes where one stands twice', () => {
    expect(labelsOf(texts)).toEqual(['a', 'b']);
    expect(() => labelsOf(['a', 'b', 'a'])).toThrow('a classifier that lists a class twice');
  });

  it('is refused as numbers where it is text', () => {
    expect(() => doublesOf(texts)).toThrow('an array of U4 where numbers are expected');
  });

  it('is given as plain values', () => {
    expect(itemsOf(longs)).toEqual([1, -2]);
    expect(itemsOf(flags)).toEqual([true, false]);
    expect(itemsOf(huge)).toEqual([2n ** 60n]);
    expect(itemsOf(new PyTuple([1, 'a']))).toEqual([1, 'a']);
    expect(() => itemsOf('text')).toThrow('neither array nor list');
  });

  it('is given as labels of classes', () => {
    expect(labelsOf(texts)).toEqual(['a', 'b']);
    expect(labelsOf([true, 1, 'x'])).toEqual([true, 1, 'x']);
    expect(() => labelsOf([null])).toThrow('a class that is not text, number or boolean');
  });
});

describe('a field of records', () => {
  const int32: DType = { kind: 'i', itemSize: 4, littleEndian: true };
  const fields = [
    { name: 'left', dtype: int32, offset: 0 },
    { name: 'right', dtype: int32, offset: 4 },
  ];
  const nodes = arrayOf(Int32Array.of(1, 2, 3, 4), 'V', { itemSize: 8, fields });

  it('is an array of its own', () => {
    expect(integersOf(structuredField(nodes, 'right'))).toEqual([2, 4]);
  });

  it('is refused by name where there is none', () => {
    expect(hasField(nodes, 'gain')).toBe(false);
    expect(() => structuredField(nodes, 'gain')).toThrow('an array of records without the field gain');
  });

  it('is needed: records alone are no numbers', () => {
    expect(() => doublesOf(nodes)).toThrow('an array of V8 where numbers are expected');
  });
});
