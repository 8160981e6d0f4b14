import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EntryTarget, Journal, type JournalEntry } from '@app/journal';
import { CaptureIds } from '../capture-ids.js';
import { CaptureEntry } from '../capture.entry.js';
import { ENTRY_FORM, Sources } from '../capture.source.js';
import type { CapturedRows } from '../captured-rows.js';
import { documentAt } from './documents.js';
import { shipmentsOf } from './segment-stream.js';

const ids = new CaptureIds();
const sources = new Sources();

const rowOf = (distance: number): CapturedRows => ({
  columns: [{ name: 'distance', type: 'double' }],
  rows: { count: 1, width: 1, numbers: Float64Array.of(distance), texts: [] },
  predictions: [{ score: distance / 2 }],
  model: 'flight-delay',
  version: 1,
  role: 'active',
  warnings: new Map(),
});

const entryOf = (captured: CapturedRows): JournalEntry => new CaptureEntry(captured, ids.next(), sources.of(captured));

/** An entry that is whole on disk and says nothing that can be understood. */
const nonsense: JournalEntry = {
  head: Uint8Array.of(ENTRY_FORM, 0, 0, 0, 4, 0, 0, 0),
  maxBytes: 4,
  writeTo: ({ bytes }: EntryTarget, at) => bytes.write('oops', at),
};

describe('shipmentsOf', () => {
  it('sets an entry aside that cannot be read, and ships those before and behind it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stream-'));
    const journal = new Journal({ folder, isSynced: false, maxBytes: 2 ** 20, segmentBytes: 2 ** 20 });
    for (const entry of [entryOf(rowOf(284)), nonsense, entryOf(rowOf(719))]) await journal.append(entry);
    await journal.close();
    const { value: shipment } = await shipmentsOf(folder, { segment: 1, offset: 0 }).next();
    if (!shipment) throw new Error('nothing was read');
    expect([shipment.rows, shipment.documents.count]).toEqual([2, 2]);
    expect([0, 1].map((index) => documentAt(shipment.documents, index)['score'])).toEqual([142, 359.5]);
    expect(shipment.unreadable).toEqual([
      {
        document: { entry: Buffer.from('\x03\0\0\0\x04\0\0\0oops').toString('base64') },
        reason: expect.stringMatching(/cannot be read: .*JSON/),
      },
    ]);
  });
});
