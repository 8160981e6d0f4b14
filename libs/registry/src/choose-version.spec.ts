import { chooseVersion } from './choose-version.js';
import type { Traffic } from './traffic.js';

const KEYS = 10_000;
const canary = (percent: number, version = 2): Traffic => ({ active: 1, canary: { version, percent }, shadows: [] });

const kinds: readonly (readonly [string, (i: number) => string])[] = [
  ['consecutive numbers', String],
  ['short texts', (i) => i.toString(36)],
  ['long texts with one beginning', (i) => `customer-of-the-north-eastern-region-${i}`],
  ['hexadecimal ids', (i) => (0x6553f1a0019a7b3c5dn * 2n ** 24n + BigInt(i)).toString(16)],
];

describe.each(kinds)('keys that are %s', (_, keyOf) => {
  const keys = Array.from({ length: KEYS }, (__, i) => keyOf(i));
  const shareOf = (traffic: Traffic): number => keys.filter((key) => chooseVersion(traffic, key) === 2).length;

  it.each([1, 5, 10, 25, 50, 90])(
    'give a canary of %i percent its share, within four standard deviations',
    (percent) => {
      const expected = (KEYS * percent) / 100;
      const deviation = Math.sqrt(expected * (1 - percent / 100));
      expect(Math.abs(shareOf(canary(percent)) - expected)).toBeLessThan(4 * deviation);
    },
  );

  it('give all to a canary of 100 percent and none to one of 0', () => {
    expect(shareOf(canary(100))).toBe(KEYS);
    expect(shareOf(canary(0))).toBe(0);
  });
});

describe('a key', () => {
  const keys = Array.from({ length: KEYS }, (_, i) => `k${i}`);
  const onCanary = (traffic: Traffic): Set<string> =>
    new Set(keys.filter((key) => chooseVersion(traffic, key) === traffic.canary!.version));

  it('gets the same version every time', () => {
    expect(onCanary(canary(30))).toEqual(onCanary(canary(30)));
  });

  it('stays on the canary when that is raised', () => {
    const before = onCanary(canary(10));
    const after = onCanary(canary(20));
    expect([...before].filter((key) => !after.has(key))).toEqual([]);
    expect(after.size).toBeGreaterThan(before.size);
  });

  it('is not always among the first for every canary', () => {
    const first = onCanary(canary(10, 2));
    const both = [...onCanary(canary(10, 3))].filter((key) => first.has(key));
    expect(both.length / KEYS).toBeLessThan(0.02);
  });

  it('gets the active version where there is no canary', () => {
    expect(chooseVersion({ active: 7, shadows: [3] }, 'anyone')).toBe(7);
  });
});
