import { jest } from '@jest/globals';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Journal, JournalFull, type JournalEntry, type JournalOptions, SegmentReader, segmentsIn } from '@app/journal';
import { SegmentFile } from './segment.file.js';

/** An entry behind a head; of its own, where nothing is said. */
const text = (value: string, head: Uint8Array = new Uint8Array()): JournalEntry => ({
  head,
  maxBytes: Buffer.byteLength(value),
  writeTo: ({ bytes }, at) => bytes.write(value, at),
});

describe('Journal', () => {
  let folder: string;
  const open = (options: Partial<JournalOptions> = {}) =>
    new Journal({ folder, isSynced: false, maxBytes: 1e6, segmentBytes: 1e5, ...options });
  const file = (segment: number) => join(folder, `${String(segment).padStart(10, '0')}.journal`);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'journal-'));
  });

  async function everything(): Promise<{ texts: string[]; damagedBytes: number }> {
    const texts: string[] = [];
    let damagedBytes = 0;
    for (const segment of await segmentsIn(folder)) {
      const part = await new SegmentReader().read(folder, { segment, offset: 0 });
      texts.push(...part.records.map(({ payload }) => payload.toString()));
      damagedBytes += part.damagedBytes;
    }
    return { texts, damagedBytes };
  }

  it.each([false, true])('has an entry in its file when the append resolves (synced: %s)', async (isSynced) => {
    const journal = open({ isSynced });
    await journal.append(text('one'));
    expect(await everything()).toEqual({ texts: ['one'], damagedBytes: 0 });
    await Promise.all(['two', 'three'].map((value) => journal.append(text(value))));
    expect((await everything()).texts).toEqual(['one', 'two', 'three']);
  });

  it('writes a head once for the entries of a turn that follow one another and share it', async () => {
    const journal = open();
    const [a, b] = [Buffer.from('a:'), Buffer.from('b:')];
    await Promise.all(['1', '2'].map((value) => journal.append(text(value, a))).concat(journal.append(text('3', b))));
    await journal.append(text('4', b));
    expect(await everything()).toEqual({ texts: ['a:12', 'b:3', 'b:4'], damagedBytes: 0 });
  });

  it('begins another record when one is large, also where the head is the same', async () => {
    const journal = open({ maxBytes: 1e8 });
    const head = Buffer.from('h');
    await Promise.all(['x', 'y', 'z'].map((letter) => journal.append(text(letter.repeat(60_000), head))));
    expect((await everything()).texts.map(({ length }) => length)).toEqual([120_001, 60_001]);
  });

  it('reads what is committed while more is written, a window at a time', async () => {
    const journal = open({ maxBytes: 1e8, segmentBytes: 1e8 });
    const values = Array.from({ length: 3000 }, (_, i) => `${i} ${'x'.repeat(1000)}`);
    await Promise.all(values.map((value) => journal.append(text(value))));
    const read: string[] = [];
    const reader = new SegmentReader();
    for (let offset = 0; offset < journal.committed.offset;) {
      const part = await reader.read(folder, { segment: 1, offset }, journal.committed.offset);
      read.push(...part.records.map(({ payload }) => payload.toString()));
      offset = part.end;
    }
    expect(read).toEqual(values);
  });

  it('reads an entry that is larger than a window', async () => {
    const journal = open({ maxBytes: 1e8 });
    await journal.append(text('x'.repeat(5e6)));
    expect((await everything()).texts[0]).toHaveLength(5e6);
  });

  it('begins a new segment when one is large enough, and deletes those that are released', async () => {
    const journal = open({ segmentBytes: 100 });
    for (let i = 0; i < 5; i++) await journal.append(text('x'.repeat(60)));
    expect(await segmentsIn(folder)).toEqual([1, 2, 3]);
    const before = journal.bytes;
    await journal.release({ segment: 3, offset: 0 });
    expect(await segmentsIn(folder)).toEqual([3]);
    expect(journal.bytes).toBeLessThan(before);
  });

  it('refuses what does not fit, keeps what it has, and takes more once there is room', async () => {
    const journal = open({ maxBytes: 300, segmentBytes: 100 });
    for (let i = 0; i < 3; i++) await journal.append(text('x'.repeat(80)));
    await expect(journal.append(text('x'.repeat(80)))).rejects.toThrow(JournalFull);
    await journal.release({ segment: 3, offset: 0 });
    await journal.append(text('after'));
    expect(await everything()).toEqual({ texts: ['x'.repeat(80), 'after'], damagedBytes: 0 });
  });

  it('has room again for what is large once all that it holds is released, also where one segment holds it all', async () => {
    const journal = open({ maxBytes: 1000, segmentBytes: 100 });
    await journal.append(text('x'.repeat(600)));
    await expect(journal.append(text('y'.repeat(600)))).rejects.toThrow(JournalFull);
    await journal.release(journal.committed);
    await journal.append(text('z'.repeat(600)));
    expect((await everything()).texts).toEqual(['z'.repeat(600)]);
  });

  it('does not keep what the disk could not sync, as nobody was told that it does', async () => {
    const journal = open({ isSynced: true });
    await journal.append(text('one'));
    const before = journal.committed;
    const sync = jest.spyOn(SegmentFile.prototype, 'sync').mockRejectedValueOnce(new Error('EIO'));
    await expect(journal.append(text('a long one that is lost'))).rejects.toThrow('EIO');
    expect(journal.committed).toEqual(before);
    sync.mockRestore();
    await journal.append(text('two'));
    expect(await everything()).toEqual({ texts: ['one', 'two'], damagedBytes: 0 });
  });

  it('never writes into a segment of an earlier process', async () => {
    await open().append(text('earlier'));
    const earlier = readFileSync(file(1));
    await open().append(text('later'));
    expect(readFileSync(file(1))).toEqual(earlier);
    expect((await everything()).texts).toEqual(['earlier', 'later']);
  });

  it('drops an end that is not whole and says how much that was', async () => {
    const journal = open();
    await journal.append(text('whole'));
    await journal.append(text('cut off'));
    truncateSync(file(1), readFileSync(file(1)).length - 3);
    expect(await everything()).toEqual({ texts: ['whole'], damagedBytes: 12 });
  });

  it.each([
    ['garbage', Buffer.from('garbage that is no record')],
    ['zeros', Buffer.alloc(4096)],
  ])('drops %s behind the last entry', async (_, tail) => {
    await open().append(text('whole'));
    appendFileSync(file(1), tail);
    expect(await everything()).toEqual({ texts: ['whole'], damagedBytes: tail.length });
  });

  it('skips an entry whose bytes have changed and reads those behind it', async () => {
    const journal = open();
    for (const value of ['first', 'second', 'third']) await journal.append(text(value));
    const bytes = readFileSync(file(1));
    bytes[bytes.indexOf('second')]! ^= 1;
    writeFileSync(file(1), bytes);
    expect(await everything()).toEqual({ texts: ['first', 'third'], damagedBytes: 14 });
  });

  it('leaves nothing open when it is closed', async () => {
    const journal = open();
    void journal.append(text('waits'));
    await journal.close();
    expect(await everything()).toEqual({ texts: ['waits'], damagedBytes: 0 });
    expect(readdirSync(folder)).toHaveLength(1);
  });
});
