import { ProtoWriter } from './proto-writer.js';

const hex = (writer: ProtoWriter) => Buffer.from(writer.toBytes()).toString('hex');

describe('ProtoWriter', () => {
  it('writes whole numbers as varints, a negative one as ten bytes', () => {
    expect(hex(new ProtoWriter().int(1, 150))).toBe('089601');
    expect(hex(new ProtoWriter().int(1, -1))).toBe('08ffffffffffffffffff01');
    expect(hex(new ProtoWriter().int(1, 2 ** 40))).toBe('08808080808020');
  });

  it('writes texts, floats, packed numbers and messages', () => {
    expect(hex(new ProtoWriter().text(2, 'é'))).toBe('1202c3a9');
    expect(hex(new ProtoWriter().float(2, 1.5))).toBe('150000c03f');
    expect(hex(new ProtoWriter().packedInts(8, [3, 270]))).toBe('4203038e02');
    expect(hex(new ProtoWriter().message(3, new ProtoWriter().int(1, 150)))).toBe('1a03089601');
  });

  it('keeps the order of small and large parts through nesting', () => {
    const large = Buffer.alloc(5000, 7);
    const inner = new ProtoWriter().int(1, 1).bytes(2, large).int(3, 3);
    const outer = new ProtoWriter().int(1, 9).message(4, inner).int(5, 5);
    const expected = Buffer.concat([Buffer.from('0809228f270801128827', 'hex'), large, Buffer.from('18032805', 'hex')]);
    expect(hex(outer)).toBe(expected.toString('hex'));
    expect(outer.length).toBe(expected.length);
  });
});
