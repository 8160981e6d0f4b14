import { encodeFeatures, type NamedFeatures, ServingError, type Signature } from '@app/core';

const signature: Signature = {
  task: 'regression',
  output: { name: 'score' },
  features: [
    { name: 'dep_time', type: 'integer', range: { min: 500, max: 2359 } },
    { name: 'wind', type: 'double', unit: 'm/s', nullable: true },
    { name: 'carrier', type: 'string', categories: ['AA', 'UA'] },
    { name: 'weekend', type: 'boolean' },
  ],
};
const flight = { dep_time: 1059, wind: 5.8, carrier: 'UA', weekend: false };

function refusal(given: NamedFeatures): ServingError {
  try {
    encodeFeatures(signature, given);
  } catch (error) {
    return error as ServingError;
  }
  throw new Error('was not refused');
}

describe('encodeFeatures', () => {
  it('puts named features of any order into signature order', () => {
    const { weekend, ...rest } = flight;
    const { rows } = encodeFeatures(signature, { weekend, ...rest });
    expect(rows).toMatchObject({ count: 1, width: 4, texts: ['', '', 'UA', ''] });
    expect([...rows.numbers]).toEqual([1059, 5.8, NaN, 0]);
  });

  it('takes null as a missing value where the feature is nullable', () => {
    expect(encodeFeatures(signature, { ...flight, wind: null }).rows.numbers[1]).toBeNaN();
  });

  it('answers a value outside the training range with a warning', () => {
    const { rows, warnings } = encodeFeatures(signature, { ...flight, dep_time: 3 });
    expect(rows.numbers[0]).toBe(3);
    expect(warnings).toEqual(new Map([[0, ['dep_time: 3 is outside the range 500 to 2359 that training saw']]]));
  });

  it('refuses a value outside a range that is enforced', () => {
    const [first, ...rest] = signature.features;
    const enforced = {
      ...signature,
      features: [{ ...first!, range: { min: 500, max: 2359, enforce: true } }, ...rest],
    };
    expect(() => encodeFeatures(enforced, { ...flight, dep_time: 3 })).toThrow('outside the range');
  });

  it.each<[string, string, NamedFeatures]>([
    ['dep_time', 'is missing', { wind: 1, carrier: 'UA', weekend: true }],
    ['dep_time', 'no rule for a missing value', { ...flight, dep_time: null }],
    ['dep_time', '"1059" is not a number', { ...flight, dep_time: '1059' }],
    ['dep_time', '10.5 is not a whole number', { ...flight, dep_time: 10.5 }],
    ['dep_time', 'out of the range of a 64-bit integer', { ...flight, dep_time: 1e30 }],
    ['dep_time', 'too large to be held exactly', { ...flight, dep_time: 2 ** 53 }],
    ['dep_time', 'a list is not a number', { ...flight, dep_time: [1059] }],
    ['wind', 'beyond the range of a double', { ...flight, wind: Infinity }],
    ['wind', 'true is not a number', { ...flight, wind: true }],
    ['wind', 'an object is not a number', { ...flight, wind: { a: 1 } }],
    ['carrier', '"ZZ" is not one of its categories', { ...flight, carrier: 'ZZ' }],
    ['carrier', '7 is not a text', { ...flight, carrier: 7 }],
    ['weekend', '0 is not true or false', { ...flight, weekend: 0 }],
    ['gate', 'is not a feature of the model', { ...flight, gate: 'B4' }],
    ['__proto__', 'is not a feature of the model', JSON.parse('{"__proto__":1}') as NamedFeatures],
  ])('refuses %s: %s', (feature, problem, given) => {
    const error = refusal(given);
    expect(error).toMatchObject({ kind: 'invalid-input', code: 'FEATURES_INVALID' });
    expect(error.problems).toContainEqual({
      feature,
      problem: expect.stringContaining(problem),
      expected: expect.any(String),
    });
  });

  it('does not find a missing feature on the prototype of the request', () => {
    const odd = { ...signature, features: [{ name: 'constructor', type: 'double' as const }] };
    expect(() => encodeFeatures(odd, {})).toThrow('feature "constructor" is missing');
  });

  it('passes over what another version takes, and refuses what none knows', () => {
    const alsoKnown = new Set(['gate']);
    const { rows } = encodeFeatures(signature, { gate: 'B4', ...flight }, alsoKnown);
    expect([...rows.numbers]).toEqual([1059, 5.8, NaN, 0]);
    expect(() => encodeFeatures(signature, { ...flight, gate: 'B4', seat: 3 }, alsoKnown)).toThrow(
      'feature "seat" is not a feature of the model, expected only: dep_time, wind, carrier, weekend, gate',
    );
    expect(() => encodeFeatures(signature, { gate: 'B4' }, alsoKnown)).toThrow('feature "dep_time" is missing');
  });

  it('names a bounded number of problems', () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`f${i}`, i]));
    expect(refusal(many).problems.length).toBeLessThanOrEqual(50);
    expect(refusal(many).message.length).toBeLessThan(1000);
  });
});
