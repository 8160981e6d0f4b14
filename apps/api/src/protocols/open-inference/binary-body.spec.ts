import { ServingError } from '@app/core';
import fc from 'fast-check';
import { readInferBody } from './binary-body.js';
import { writeBinary } from './binary-values.js';
import { type Datatype, DATATYPES, WIDTHS } from './datatypes.js';

const bodyOf = (inputs: unknown, tail: Uint8Array): [Buffer, string] => {
  const json = Buffer.from(JSON.stringify({ inputs }));
  return [Buffer.concat([json, tail]), String(json.length)];
};
const input = (datatype: Datatype, count: number, size: unknown) => ({
  name: 'a',
  datatype,
  shape: [count],
  parameters: { binary_data_size: size },
});
const valuesOf = (datatype: Datatype, count: number, tail: Uint8Array): unknown[] =>
  Array.from(readInferBody(...bodyOf([input(datatype, count, tail.length)], tail)).inputs[0]!.data);
const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof ServingError) return error.code;
    throw error;
  }
  return 'none';
};

describe('the binary form of a request', () => {
  it.each<[Datatype, string, unknown[]]>([
    ['BOOL', '0100', [true, false]],
    ['UINT8', 'ff00', [255, 0]],
    ['UINT16', 'ffff0100', [65_535, 1]],
    ['UINT32', 'ffffffff', [4_294_967_295]],
    ['UINT64', '0100000000000000', [1]],
    ['INT8', 'ff', [-1]],
    ['INT16', 'feff', [-2]],
    ['INT32', 'fdffffff', [-3]],
    ['INT64', 'fcffffffffffffff', [-4]],
    ['FP16', '003c0080ff7b0100', [1, -0, 65_504, 2 ** -24]],
    ['BF16', '803f80bf', [1, -1]],
    ['FP32', '0000c03f', [1.5]],
    ['FP64', '000000000000f83f', [1.5]],
    ['BYTES', '02000000c3a900000000', ['é', '']],
  ])('holds %s little-endian', (datatype, hex, expected) => {
    expect(valuesOf(datatype, expected.length, Buffer.from(hex, 'hex'))).toEqual(expected);
  });

  it.each<[string, () => unknown]>([
    ['a byte of BOOL that is neither 0 nor 1', () => valuesOf('BOOL', 1, Buffer.from([2]))],
    ['a 64-bit number that no double holds', () => valuesOf('INT64', 1, Buffer.from('0100000000002000', 'hex'))],
    ['BYTES that are not UTF-8', () => valuesOf('BYTES', 1, Buffer.from('01000000ff', 'hex'))],
    ['BYTES that end too soon', () => valuesOf('BYTES', 1, Buffer.from('05000000ff', 'hex'))],
    ['bytes behind the last text', () => valuesOf('BYTES', 1, Buffer.from('0000000000', 'hex'))],
    ['more values than bytes', () => valuesOf('BYTES', 2 ** 40, Buffer.alloc(4))],
  ])('refuses %s', (_, run) => {
    expect(codeOf(run)).toBe('TENSOR_INVALID');
  });

  it.each(['-1', '1e3', 'x', '', '99999999', '1, 1'])('refuses %j as the length of the JSON', (length) => {
    expect(codeOf(() => readInferBody(Buffer.from('{}'), length))).toBe('INFER_REQUEST_INVALID');
  });

  it('refuses bytes that belong to no input', () => {
    expect(codeOf(() => readInferBody(...bodyOf([input('UINT8', 1, 1)], Buffer.alloc(2))))).toBe(
      'INFER_REQUEST_INVALID',
    );
  });

  it('takes exactly the sizes that fit, whatever sizes and shapes are claimed', () => {
    const sizes = fc.oneof(fc.integer({ min: -4, max: 70 }), fc.maxSafeInteger(), fc.double(), fc.string());
    const counts = fc.oneof(fc.integer({ min: -1, max: 8 }), fc.maxSafeInteger());
    fc.assert(
      fc.property(
        fc.constantFrom(...DATATYPES),
        counts,
        sizes,
        fc.uint8Array({ maxLength: 64 }),
        (type, count, size, tail) => {
          const code = codeOf(() => readInferBody(...bodyOf([input(type, count, size)], tail)));
          const fits = count > 0 && size === tail.length && (type === 'BYTES' || count * WIDTHS[type] === tail.length);
          if (!fits) expect(['TENSOR_INVALID', 'INFER_REQUEST_INVALID']).toContain(code);
          if (fits && /^(U?INT(8|16|32)|FP)/.test(type)) expect(code).toBe('none');
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('never fails in any other way than by a refusal, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.option(fc.nat(250), { nil: undefined }), (bytes, length) => {
        expect(codeOf(() => readInferBody(Buffer.from(bytes), length?.toString()))).not.toBe('none');
      }),
      { numRuns: 2000 },
    );
  });

  it('gives back the texts and numbers that were written', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (texts) => {
        const bytes = writeBinary({ name: 'a', datatype: 'BYTES', shape: [texts.length], data: texts });
        expect(valuesOf('BYTES', texts.length, bytes)).toEqual(texts);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.double(), { minLength: 1 }), (numbers) => {
        const bytes = writeBinary({ name: 'a', datatype: 'FP64', shape: [numbers.length], data: numbers });
        expect(valuesOf('FP64', numbers.length, bytes)).toEqual(numbers);
      }),
    );
  });
});
