import { BSON, Decimal128, Long, UUID, type Document } from 'bson';
import { filterSession } from './session-filter.js';
import { commandRange, HEADER_BYTES, opMsg } from './wire-message.js';

const message = (command: Document) => opMsg(BSON.serialize(command), { request: 3 });
const lsid = { id: new UUID() };

function passed(bytes: Buffer): Buffer {
  const verdict = filterSession(bytes);
  if (verdict.kind !== 'pass') throw new Error('was answered');
  return verdict.message;
}

describe('filterSession', () => {
  it('takes the session out of a command and leaves every other byte', () => {
    const rest = {
      insert: 'c',
      documents: [{ d: Decimal128.fromString('1.10'), l: Long.MAX_VALUE, x: 1.0 }],
      $db: 'd',
    };
    const { $db, ...head } = rest;
    const sent = message({ ...head, lsid, txnNumber: Long.ONE, $clusterTime: { t: 1 }, $db });
    expect(passed(sent)).toEqual(message(rest));
  });

  it('hands on a command without a session as it came', () => {
    const sent = message({ ping: 1, $db: 'admin' });
    expect(passed(sent)).toBe(sent);
  });

  it('finds the command behind a document sequence, and drops a checksum that no longer holds', () => {
    const document = BSON.serialize({ _id: 1 });
    const sequence = Buffer.concat([Buffer.from([1, 0, 0, 0, 0]), Buffer.from('documents\0'), document]);
    sequence.writeInt32LE(sequence.length - 1, 1);
    const command = Buffer.concat([Buffer.from([0]), BSON.serialize({ insert: 'c', lsid })]);
    const sent = Buffer.concat([opMsg(Buffer.alloc(0)).subarray(0, -1), sequence, command, Buffer.alloc(4)]);
    sent.writeInt32LE(sent.length, 0);
    sent.writeUInt32LE(1, HEADER_BYTES);
    const result = passed(sent);
    const { start, end } = commandRange(result);
    expect(BSON.deserialize(result.subarray(start, end))).toEqual({ insert: 'c' });
    expect([result.readUInt32LE(HEADER_BYTES), result.readInt32LE(0), end]).toEqual([0, result.length, result.length]);
  });

  it.each(['endSessions', 'refreshSessions', 'killSessions', 'killAllSessions', 'killAllSessionsByPattern'])(
    'answers %s itself',
    (name) => {
      expect(filterSession(message({ [name]: [lsid], $db: 'admin' }))).toEqual({ kind: 'answer', document: { ok: 1 } });
    },
  );

  it('knows a session command by its name behind $db, too', () => {
    expect(filterSession(message({ $db: 'admin', endSessions: [] }))).toMatchObject({ kind: 'answer' });
  });

  it.each([
    { insert: 'c', autocommit: false, startTransaction: true },
    { find: 'c', autocommit: false },
    { commitTransaction: 1 },
    { abortTransaction: 1 },
  ])('refuses the transaction of %j', (command) => {
    expect(filterSession(message(command))).toMatchObject({ kind: 'answer', document: { ok: 0, code: 263 } });
  });

  it('refuses what is no BSON', () => {
    const sent = message({ ping: 1 });
    sent.fill(0xff, 26);
    expect(() => filterSession(sent)).toThrow();
  });
});
