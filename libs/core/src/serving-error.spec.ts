import { ServingError } from '@app/core';

describe('ServingError', () => {
  it('keeps its kind, its code, its cause and the problems it names', () => {
    const cause = new Error('below');
    const problems = [{ feature: 'distance', problem: 'missing', expected: 'a number' }];
    const error = new ServingError('invalid-input', 'FEATURES_INVALID', 'does not fit', { cause, problems });
    expect(error).toMatchObject({ kind: 'invalid-input', code: 'FEATURES_INVALID', cause, problems });
  });
});
