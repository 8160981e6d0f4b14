import type { Feature, FeatureType, Signature } from '@app/core';
import { refuseDifferences, signatureDifferences } from './signature-differences.js';

const signature = (...features: readonly Feature[]): Signature => ({
  task: 'regression',
  output: { name: 'y' },
  features,
});
const feature = (name: string, type: FeatureType = 'double'): Feature => ({ name, type });

describe('the differences of two signatures', () => {
  it('are none where callers can go on: another order, whole numbers, ranges, units', () => {
    const live = signature(feature('a', 'integer'), { ...feature('b'), range: { min: 0, max: 1 }, unit: 'm' });
    expect(signatureDifferences(live, signature(feature('b'), feature('a')))).toEqual([]);
  });

  it('are features that go, that change their kind, and that come', () => {
    const live = signature(feature('a'), feature('b'), feature('c', 'string'));
    const next = signature(feature('b', 'string'), feature('c', 'string'), feature('d'));
    expect(signatureDifferences(live, next).map(({ feature: name, problem }) => `${name} ${problem}`)).toEqual([
      'a is gone',
      'b was double and is string',
      'd is new',
    ]);
  });

  it('refuse the change and say how to do it nevertheless', () => {
    expect(() => refuseDifferences(signature(feature('a')), signature(feature('b')), 'version 2')).toThrow(
      /version 2 .*"a" is gone; "b" is new.*allow_signature_change=true/,
    );
  });
});
