import { PyTuple, type PyValue } from './values.js';
import { walk } from './walk.js';

describe('walk', () => {
  it('visits what can be reached once, though it contains itself', () => {
    const list: PyValue[] = [];
    const tuple = new PyTuple([list, list]);
    list.push(tuple, 1);
    const visited: PyValue[] = [];
    walk(list, 10, (part) => visited.push(part));
    expect(visited).toEqual([list, tuple]);
  });

  it('refuses what lies too deep', () => {
    expect(() => walk([[[[]]]], 2)).toThrow('nested more than 2 levels deep');
  });
});
