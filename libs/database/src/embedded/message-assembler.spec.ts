import { MessageAssembler } from './message-assembler.js';
import { opMsg } from './wire-message.js';

describe('MessageAssembler', () => {
  const messages = [opMsg(Buffer.alloc(5)), opMsg(Buffer.alloc(500)), opMsg(Buffer.alloc(50))];
  const stream = Buffer.concat(messages);

  it.each([1, 3, 40, 1000])('finds the messages in chunks of %i bytes', (size) => {
    const assembler = new MessageAssembler();
    const found: Buffer[] = [];
    for (let at = 0; at < stream.length; at += size) found.push(...assembler.push(stream.subarray(at, at + size)));
    expect(found).toEqual(messages);
  });

  it.each([15, -1, 48_000_001, Buffer.from('GET ').readInt32LE()])('refuses a message of %i bytes', (length) => {
    const head = Buffer.alloc(16);
    head.writeInt32LE(length);
    expect(() => new MessageAssembler().push(head)).toThrow(/bytes/);
  });
});
