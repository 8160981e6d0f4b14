import { BackOff } from './back-off.js';

describe('BackOff', () => {
  it('waits longer each time a process dies at once, up to five seconds, and not after a healthy life', () => {
    const backOff = new BackOff();
    expect([0, 0, 0, 0].map((livedMs) => backOff.after(livedMs))).toEqual([0, 100, 200, 400]);
    for (let death = 0; death < 2000; death++) backOff.after(0);
    expect(backOff.after(0)).toBe(5_000);
    expect([backOff.after(60_000), backOff.after(0)]).toEqual([0, 0]);
  });
});
