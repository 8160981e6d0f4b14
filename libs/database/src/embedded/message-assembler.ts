import { messageLength } from './wire-message.js';

const LENGTH_BYTES = 4;

/** Cuts a stream of bytes into messages, joining its chunks once a message is whole. */
export class MessageAssembler {
  private chunks: Buffer[] = [];
  private held = 0;
  private wanted = LENGTH_BYTES;

  /** The messages that this chunk completes. */
  push(chunk: Buffer): Buffer[] {
    this.chunks.push(chunk);
    this.held += chunk.length;
    return this.held < this.wanted ? [] : this.cut(Buffer.concat(this.chunks));
  }

  private cut(bytes: Buffer): Buffer[] {
    const messages: Buffer[] = [];
    let rest = bytes;
    while (rest.length >= LENGTH_BYTES && rest.length >= messageLength(rest)) {
      const length = messageLength(rest);
      messages.push(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
    this.keep(rest);
    return messages;
  }

  private keep(rest: Buffer): void {
    this.chunks = [rest];
    this.held = rest.length;
    this.wanted = rest.length < LENGTH_BYTES ? LENGTH_BYTES : messageLength(rest);
  }
}
