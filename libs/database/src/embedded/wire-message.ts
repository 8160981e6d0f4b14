/** The operations of MongoDB's wire protocol that we speak. */
export const OP_REPLY = 1;
export const OP_QUERY = 2004;
export const OP_MSG = 2013;

/** Every message starts with length, request id, response-to and operation, four bytes each. */
export const HEADER_BYTES = 16;
const LONGEST_MESSAGE_BYTES = 48_000_000;
const SECTIONS_AT = 20;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
const COMMAND_SECTION = 0;
const SEQUENCE_SECTION = 1;
const SHORTEST_DOCUMENT_BYTES = 5;

/** Bytes that are no message of the protocol; the connection they came on is closed. */
export class WireError extends Error {}

/** The half-open range of bytes where something stands. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The length that a message announces. */
export function messageLength(bytes: Buffer): number {
  const length = bytes.readInt32LE(0);
  if (length < HEADER_BYTES || length > LONGEST_MESSAGE_BYTES) throw new WireError(`a message of ${length} bytes`);
  return length;
}

export function requestIdOf(message: Buffer): number {
  return message.readInt32LE(4);
}

export function operationOf(message: Buffer): number {
  return message.readInt32LE(12);
}

/** Whether the sender of an OP_MSG wants no answer. */
export function wantsNoAnswer(message: Buffer): boolean {
  return (message.readUInt32LE(HEADER_BYTES) & MORE_TO_COME) !== 0;
}

/** Where the command document of an OP_MSG stands; document sequences may come before it. */
export function commandRange(message: Buffer): Range {
  const end = sectionsEnd(message);
  let at = SECTIONS_AT;
  while (at + 1 + SHORTEST_DOCUMENT_BYTES <= end) {
    const section = { start: at + 1, end: at + 1 + message.readInt32LE(at + 1) };
    if (section.end < section.start + SHORTEST_DOCUMENT_BYTES || section.end > end) break;
    if (message[at] === COMMAND_SECTION) return section;
    if (message[at] !== SEQUENCE_SECTION) break;
    at = section.end;
  }
  throw new WireError('an OP_MSG without a command');
}

/** The same OP_MSG with another command; a checksum, which would no longer hold, goes. */
export function withCommand(message: Buffer, range: Range, command: Buffer): Buffer {
  const changed = Buffer.concat([
    message.subarray(0, range.start),
    command,
    message.subarray(range.end, sectionsEnd(message)),
  ]);
  changed.writeInt32LE(changed.length, 0);
  changed.writeUInt32LE((message.readUInt32LE(HEADER_BYTES) & ~CHECKSUM_PRESENT) >>> 0, HEADER_BYTES);
  return changed;
}

/** Where the document of an OP_QUERY starts: after flags, the collection's name, and the numbers to skip and return. */
export function queryStart(message: Buffer): number {
  const nameEnd = message.indexOf(0, HEADER_BYTES + 4);
  if (nameEnd < 0 || nameEnd + 9 + SHORTEST_DOCUMENT_BYTES > message.length)
    throw new WireError('an OP_QUERY cut short');
  return nameEnd + 9;
}

/** An OP_MSG around a document; an answer names the request it belongs to. */
export function opMsg(document: Uint8Array, ids: { request?: number; responseTo?: number } = {}): Buffer {
  const head = Buffer.alloc(SECTIONS_AT + 1);
  head.writeInt32LE(head.length + document.length, 0);
  head.writeInt32LE(ids.request ?? 0, 4);
  head.writeInt32LE(ids.responseTo ?? 0, 8);
  head.writeInt32LE(OP_MSG, 12);
  return Buffer.concat([head, document]);
}

/** An OP_REPLY around a document: the answer to an OP_QUERY. */
export function opReply(document: Uint8Array, responseTo: number): Buffer {
  const head = Buffer.alloc(HEADER_BYTES + 20);
  head.writeInt32LE(head.length + document.length, 0);
  head.writeInt32LE(responseTo, 8);
  head.writeInt32LE(OP_REPLY, 12);
  head.writeInt32LE(1, HEADER_BYTES + 16);
  return Buffer.concat([head, document]);
}

function sectionsEnd(message: Buffer): number {
  const hasChecksum = (message.readUInt32LE(HEADER_BYTES) & CHECKSUM_PRESENT) !== 0;
  return hasChecksum ? message.length - 4 : message.length;
}
