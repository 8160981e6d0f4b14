import type { Signature, TensorType, Wiring } from '@app/core';
import { feedsOf } from './feeds.js';

const signature = { features: [{ name: 'a', type: 'double' }] } as unknown as Signature;
const feed = (type: TensorType, value: number) => {
  const wiring: Wiring = { inputs: [{ name: 'x', type, rank: 2, features: [0] }], outputs: { labelIsIndex: false } };
  return feedsOf(signature, wiring, { count: 1, width: 1, numbers: Float64Array.of(value), texts: [] });
};

const WHOLE = ['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'bool'] as const;

describe('the tensors of a run', () => {
  it.each(WHOLE)('hold a whole number as %s', (type) => {
    expect(Number(feed(type, 1)['x']!.data[0])).toBe(1);
  });

  it.each(WHOLE.flatMap((type) => [1.5, NaN, Infinity, 1e300].map((value) => [value, type] as const)))(
    'refuse %d as %s, and name its feature',
    (value, type) => {
      expect(() => feed(type, value)).toThrow(
        expect.objectContaining({ code: 'VALUE_OUT_OF_TYPE', message: expect.stringContaining('"a"') as string }),
      );
    },
  );

  it.each(['uint8', 'uint16', 'uint32', 'uint64', 'bool'] as const)('refuse -1 as %s', (type) => {
    expect(() => feed(type, -1)).toThrow(expect.objectContaining({ code: 'VALUE_OUT_OF_TYPE' }));
  });

  it('refuse what a float32 would make infinite, and round the rest', () => {
    expect(() => feed('float32', 1e300)).toThrow(expect.objectContaining({ code: 'VALUE_OUT_OF_TYPE' }));
    expect(feed('float32', 0.1)['x']!.data[0]).toBe(Math.fround(0.1));
  });
});
