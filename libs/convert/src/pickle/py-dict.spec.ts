import { PyDict, PySet } from './py-dict.js';
import { PyObject } from './py-object.js';
import { PyGlobal, PyTuple, type PyValue } from './values.js';

const tuple = (...items: PyValue[]) => new PyTuple(items);

describe('PyDict', () => {
  it.each<[string, PyValue, PyValue]>([
    ['True and 1', true, 1],
    ['tuples of the same content', tuple(1, tuple('a')), tuple(true, tuple('a'))],
    ['bytes of the same content', Uint8Array.of(1), Uint8Array.of(1)],
    ['NaN and NaN', NaN, NaN],
  ])('holds one entry for %s', (_, first, second) => {
    const dict = new PyDict();
    dict.set(first, 'old');
    dict.set(second, 'new');
    expect(dict.entries()).toEqual([[first, 'new']]);
    expect(dict.get(first)).toBe('new');
  });

  it.each<[string, PyValue, PyValue]>([
    ['the text and the number', '1', 1],
    ['None and its name', null, 'None'],
    ['a tuple and its spelling', tuple('a'), '\0( "a" )'],
    ['a tuple in a tuple', tuple(tuple(1), 2), tuple(tuple(1, 2))],
    ['bytes and text in tuples', tuple(Uint8Array.of(0x61)), tuple('61')],
    ['two objects', new PyObject(new PyGlobal('a', 'B')), new PyObject(new PyGlobal('a', 'B'))],
  ])('holds two entries for %s', (_, first, second) => {
    const dict = new PyDict();
    dict.set(first, 1);
    dict.set(second, 2);
    expect([dict.get(first), dict.get(second)]).toEqual([1, 2]);
  });

  it('keeps the order of the file, and the first of equal keys', () => {
    const dict = new PyDict();
    for (const key of ['b', true, tuple(1), 'a', 1]) dict.set(key, null);
    expect(dict.keys()).toEqual(['b', true, tuple(1), 'a']);
  });

  it('takes names that mean something to JavaScript as names', () => {
    const dict = new PyDict();
    expect([dict.get('__proto__'), dict.has('constructor'), dict.size]).toEqual([undefined, false, 0]);
    dict.set('__proto__', 1);
    expect(dict.keys()).toEqual(['__proto__']);
  });

  it('refuses keys that Python could not hash', () => {
    for (const key of [[], new PyDict(), new PySet(), tuple([])]) {
      expect(() => new PyDict().set(key, 1)).toThrow('could not hash');
    }
  });
});
