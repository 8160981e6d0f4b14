import { WireReader } from './wire-reader.js';

const reader = (...bytes: number[]) => {
  const at = new WireReader(Uint8Array.from(bytes));
  at.next();
  return at;
};

describe('WireReader', () => {
  it('reads negative and large whole numbers', () => {
    expect(reader(8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1).int()).toBe(-1);
    expect(reader(8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f).int()).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('reads numbers one by one or packed', () => {
    const list: number[] = [];
    reader(8, 5).intsInto(list, 9);
    reader(10, 3, 1, 0x80, 1).intsInto(list, 9);
    expect(list).toEqual([5, 1, 128]);
  });

  it('knows an empty message', () => {
    expect(new WireReader(new Uint8Array()).next()).toBe(false);
  });

  it.each<[string, () => unknown]>([
    ['a number of more than 10 bytes', () => reader(8, ...Array<number>(11).fill(0x80)).int()],
    ['a number beyond 2^53', () => reader(8, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10).int()],
    ['field 0', () => reader(0, 1)],
    ['a length beyond the end', () => reader(10, 200, 1).payload()],
    ['a negative length', () => reader(10, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1).payload()],
    ['a group, which protobuf no longer has', () => reader(11).skip()],
    ['a text that is not UTF-8', () => reader(10, 1, 0xff).text()],
    ['a field of another kind', () => reader(10, 0).int()],
    ['more numbers than allowed', () => reader(10, 3, 1, 2, 3).intsInto([], 2)],
  ])('refuses %s', (_, read) => {
    expect(read).toThrow(expect.objectContaining({ name: 'ConversionRefused' }));
  });
});
