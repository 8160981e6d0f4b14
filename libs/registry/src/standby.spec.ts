import { Standby } from './standby.js';

describe('Standby', () => {
  it('gives what it has prepared, each once, and starts a new one where nothing is ready', () => {
    let started = 0;
    const standby = new Standby(() => ++started);
    expect(standby.take()).toBe(1);
    standby.prepare();
    standby.prepare();
    expect([started, standby.take(), standby.take()]).toEqual([2, 2, 3]);
  });

  it('does not give what has ended while it stood by', () => {
    const ends: (() => void)[] = [];
    let started = 0;
    const standby = new Standby<number>((onEnd) => {
      const mine = ++started;
      ends.push(() => onEnd(mine));
      return mine;
    });
    standby.prepare();
    ends[0]!();
    expect(standby.take()).toBe(2);
  });
});
