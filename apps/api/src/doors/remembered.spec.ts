import { remembered } from './remembered.js';

describe('remembered', () => {
  const find = (made: string[] = []) =>
    remembered((text) => {
      made.push(text);
      return text === '' ? undefined : { text };
    });

  it('makes the same of the same text, once', () => {
    const made: string[] = [];
    const lookUp = find(made);
    expect(lookUp('a')).toBe(lookUp('a'));
    expect(lookUp('b')).toEqual({ text: 'b' });
    expect(made).toEqual(['a', 'b']);
  });

  it('asks again for a text of which nothing was made', () => {
    const made: string[] = [];
    const lookUp = find(made);
    expect([lookUp(''), lookUp('')]).toEqual([undefined, undefined]);
    expect(made).toEqual(['', '']);
  });

  it('keeps no long text', () => {
    const lookUp = find();
    const long = 'a'.repeat(2000);
    expect(lookUp(long)).not.toBe(lookUp(long));
  });

  it('keeps no more than some hundred texts, however many come', () => {
    const lookUp = find();
    const first = lookUp('0');
    for (let i = 1; i <= 1000; i++) lookUp(String(i));
    expect(lookUp('0')).not.toBe(first);
    expect(lookUp('0')).toEqual(first);
  });
});
