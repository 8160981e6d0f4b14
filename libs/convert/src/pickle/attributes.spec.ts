import * as attributes from './attributes.js';
import { className, libraryVersion } from './class-name.js';
import { PyDict } from './py-dict.js';
import { PyObject } from './py-object.js';
import { NdArray } from './nd-array.js';
import { PyGlobal, PyTuple, type PyValue } from './values.js';

function objectWith(entries: Readonly<Record<string, PyValue>>): PyObject {
  const object = new PyObject(new PyGlobal('sklearn.linear_model._ridge', 'Ridge'));
  const state = new PyDict();
  for (const [name, value] of Object.entries(entries)) state.set(name, value);
  object.state = state;
  return object;
}

const doubles = NdArray.ofBytes(
  { shape: [2], dtype: { kind: 'f', itemSize: 8, littleEndian: true }, isFortran: false },
  new Uint8Array(Float64Array.of(1, 2).buffer),
);
const object = objectWith({ alpha: 0.5, n: 3, name: 'x', flag: true, coef_: doubles, none: null, list: [1, 2] });

describe('attributes of an object', () => {
  it('are given as the kind that is asked for', () => {
    expect(attributes.numberOf(object, 'alpha')).toBe(0.5);
    expect(attributes.integerOf(object, 'n')).toBe(3);
    expect(attributes.textOf(object, 'name')).toBe('x');
    expect(attributes.booleanOf(object, 'flag')).toBe(true);
    expect(attributes.arrayOf(object, 'coef_')).toBe(doubles);
    expect(attributes.listOf(object, 'coef_')).toEqual([1, 2]);
  });

  it.each(['coef_', 'list'])('are given as doubles, from array or list: %s', (name) => {
    expect(attributes.numbersOf(object, name)).toEqual(Float64Array.of(1, 2));
  });

  it('are given as doubles from one number', () => {
    expect(attributes.numbersOf(object, 'alpha')).toEqual(Float64Array.of(0.5));
  });

  it('are refused by name where they are missing', () => {
    expect(() => attributes.arrayOf(object, 'intercept_')).toThrow('Ridge has no intercept_; is it fitted?');
  });

  it('are refused by name where they are something else', () => {
    expect(() => attributes.integerOf(object, 'alpha')).toThrow(
      'alpha of sklearn.linear_model._ridge.Ridge is number, not',
    );
    expect(() => attributes.arrayOf(object, 'none')).toThrow('is NoneType, not an array');
    expect(() => attributes.listOf(object, 'name')).toThrow('is str, not a list');
    expect(() => attributes.optionalTextOf(object, 'n')).toThrow('is number, not a text');
    expect(() => attributes.numbersOf(objectWith({ a: ['x'] }), 'a')).toThrow('is str, not a list of numbers');
  });

  it('are undefined where they are optional and missing or None', () => {
    expect(attributes.optionalNumberOf(object, 'missing')).toBeUndefined();
    expect(attributes.optionalObjectOf(object, 'none')).toBeUndefined();
    expect(attributes.optionalIntegerOf(object, 'n')).toBe(3);
  });
});

describe('the class of a value', () => {
  it('is its path, or the name that Python gives it', () => {
    const values = [object, doubles, [], new PyTuple([]), new PyDict(), null, 'a', 1n, true];
    expect(values.map(className)).toEqual([
      'sklearn.linear_model._ridge.Ridge',
      'numpy.ndarray',
      'list',
      'tuple',
      'dict',
      'NoneType',
      'str',
      'int',
      'bool',
    ]);
  });

  it('comes with the version of its library, if the object states it', () => {
    expect(libraryVersion(objectWith({ _sklearn_version: '1.5.2' }))).toBe('1.5.2');
    expect(libraryVersion(object)).toBeUndefined();
  });
});
