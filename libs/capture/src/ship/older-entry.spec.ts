import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BSON } from 'bson';
import { documentAt } from './documents.js';
import { shipmentsOf } from './segment-stream.js';

// A segment that the release before ENTRY_FORM 2 wrote: a row, two rows of a classifier, a row of a shadow.
const SEGMENT = join(import.meta.dirname, '../../../../test/fixtures/journal/json-headers.journal');
const datetime = new Date('2026-11-23T12:00:00.000Z');
const id = (counter: string): string => `6b042ac000000a0b0c${counter}`;

describe('entries that an older release left in a journal', () => {
  it('reach the database as they were captured', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'older-'));
    copyFileSync(SEGMENT, join(folder, '0000000001.journal'));
    const { value: shipment } = await shipmentsOf(folder, { segment: 1, offset: 0 }).next();
    if (!shipment) throw new Error('nothing was read');
    const documents = [0, 1, 2, 3].map((index) => documentAt(shipment.documents, index));
    const flight = {
      model: 'flight-delay',
      features: { distance: 284, wind_spd: 5.8 },
      score: 10.6340620177131,
      datetime,
    };
    const credit = { model: 'credit', model_version: 3, role: 'canary', datetime };
    expect(shipment.documents.count).toBe(4);
    expect(documents).toMatchObject([
      { ...flight, model_version: 1, role: 'active' },
      {
        ...credit,
        features: { town: 'Malmö', is_new: true, income: 2500.5 },
        label: 'good',
        probabilities: { bad: 0.25 },
      },
      {
        ...credit,
        features: { town: null, is_new: false, income: null },
        warnings: ['income: missing is new to the model'],
      },
      { ...flight, model_version: 2, role: 'shadow', request: new BSON.ObjectId(documents[0]!._id as BSON.ObjectId) },
    ]);
    expect(documents.map(({ _id }) => String(_id))).toEqual(['000007', '000008', '000009', '00000a'].map(id));
  });
});
