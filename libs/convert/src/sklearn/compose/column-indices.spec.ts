import { PyGlobal, PyObject, type PyValue } from '../../pickle/index.js';
import { columnIndices } from './column-indices.js';

const slice = (...args: readonly PyValue[]) => new PyObject(new PyGlobal('builtins', 'slice'), args);
const COLUMNS = { width: 4, names: ['a', 'b', 'c', 'd'] };

describe('columns of a ColumnTransformer', () => {
  it.each<[string, PyValue, number[]]>([
    ['one name', 'c', [2]],
    ['names', ['d', 'a'], [3, 0]],
    ['numbers, counted from the end where negative', [0, -1], [0, 3]],
    ['a mask', [true, false, false, true], [0, 3]],
    ['a slice of numbers, which leaves out its end', slice(1, 3, null), [1, 2]],
    ['a slice of names, which counts its end in', slice('b', 'd', null), [1, 2, 3]],
    ['an open slice', slice(null, null, null), [0, 1, 2, 3]],
    ['none', [], []],
  ])('are given by %s', (_, selector, expected) => {
    expect(columnIndices(selector, COLUMNS)).toEqual(expected);
  });

  it('are refused where they are not there', () => {
    expect(() => columnIndices(['e'], COLUMNS)).toThrow('not there: e');
    expect(() => columnIndices([4], COLUMNS)).toThrow('not there');
    expect(() => columnIndices([true], COLUMNS)).toThrow('mask of 1');
  });
});
