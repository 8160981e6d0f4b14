import type { Feature, Signature } from '@app/core';
import { inheritNames } from '@app/registry';

const signature = (features: readonly Feature[]): Signature => ({
  task: 'regression',
  output: { name: 'score' },
  features,
});
const live = signature([
  {
    name: 'distance',
    type: 'double',
    unit: 'miles',
    description: 'how far',
    example: 284,
    range: { min: 80, max: 4983 },
  },
  { name: 'carrier', type: 'string', example: 'UA' },
]);
const nameless = signature([
  { name: 'x0', type: 'double' },
  { name: 'x1', type: 'integer' },
]);

describe('inheritNames', () => {
  it("gives a file without names the live version's, with a warning, but not its types or ranges", () => {
    const { signature: named, namesFrom, warnings } = inheritNames(nameless, false, live);
    expect(named.features).toEqual([
      { name: 'distance', type: 'double', unit: 'miles', description: 'how far', example: 284 },
      { name: 'carrier', type: 'integer' },
    ]);
    expect({ namesFrom, warnings }).toEqual({
      namesFrom: 'live version',
      warnings: [expect.stringContaining('live version')],
    });
  });

  it('makes names up where the live version has another number of features', () => {
    const one = signature([{ name: 'x0', type: 'double' }]);
    expect(inheritNames(one, false, live)).toMatchObject({
      signature: one,
      namesFrom: 'made up',
      warnings: [expect.any(String)],
    });
    expect(inheritNames(one, false, undefined).namesFrom).toBe('made up');
  });

  it("keeps a file's own names, and describes those that the live version has too", () => {
    const own = signature([
      { name: 'distance', type: 'double', unit: 'km' },
      { name: 'gate', type: 'integer' },
    ]);
    expect(inheritNames(own, true, live)).toEqual({
      signature: signature([
        { name: 'distance', type: 'double', unit: 'km', description: 'how far', example: 284 },
        { name: 'gate', type: 'integer' },
      ]),
      namesFrom: 'file',
      warnings: [],
    });
  });
});
