import { CaptureIds } from './capture-ids.js';
import { CaptureEntry, readEntry } from './capture.entry.js';
import { type CapturedRows, documentsOf, sliceRows } from './captured-rows.js';

const ids = new CaptureIds();
const answered = ids.next(3);
const ofShadow: CapturedRows = {
  model: 'flight-delay',
  version: 2,
  role: 'shadow',
  request: answered,
  columns: [{ name: 'distance', type: 'double' }],
  rows: { count: 3, width: 1, numbers: Float64Array.of(1, 2, 3), texts: [] },
  predictions: [{ score: 1 }, { score: 2 }, { score: 3 }],
  warnings: new Map(),
};

function written(captured: CapturedRows): Buffer {
  const entry = new CaptureEntry(captured, ids.next(captured.rows.count));
  const payload = Buffer.alloc(entry.maxBytes);
  return payload.subarray(0, entry.writeTo(payload, 0));
}

describe('an entry of the journal', () => {
  it("has a shadow's rows point to the records whose requests they scored, row by row", () => {
    const read = readEntry(written(ofShadow));
    const documents = documentsOf(read.captured, read.ids);
    expect(documents.map(({ role }) => role)).toEqual(['shadow', 'shadow', 'shadow']);
    expect(documents.map(({ request }) => request!.toHexString())).toEqual([0, 1, 2].map((row) => answered.at(row)));
  });

  it('keeps those pairs where the rows are cut into entries', () => {
    const { captured } = readEntry(written(sliceRows(ofShadow, 1, 3)));
    expect(captured.request!.at(0)).toBe(answered.at(1));
  });

  it('was made by the active version where it is older than roles', () => {
    const payload = written(ofShadow);
    const {
      role: _role,
      request: _request,
      ...older
    } = JSON.parse(payload.toString('utf8', 4, 4 + payload.readUInt32LE(0))) as Record<string, unknown>;
    const header = Buffer.from(JSON.stringify(older));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(header.length);
    const numbers = payload.subarray(4 + payload.readUInt32LE(0));
    expect(readEntry(Buffer.concat([length, header, numbers])).captured).toMatchObject({ role: 'active', version: 2 });
  });
});
