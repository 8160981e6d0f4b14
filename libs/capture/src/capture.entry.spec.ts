import { type Label, MISSING_TEXT, type Prediction } from '@app/core';
import { BSON, type Document } from 'bson';
import fc from 'fast-check';
import { recordsIn, type StoredCapture } from './capture.block.js';
import { CaptureIds, type IdRange } from './capture-ids.js';
import { CaptureEntry } from './capture.entry.js';
import { ROWS_FORM, Sources } from './capture.source.js';
import { type CapturedColumn, type CapturedRows, documentsOf, sliceRows } from './captured-rows.js';
import type { DataCapture } from './data-capture.schema.js';
import { BsonWriter } from './ship/bson.writer.js';
import { EntryDocuments } from './ship/entry-documents.js';

const ids = new CaptureIds();
const sources = new Sources();
const read = new EntryDocuments();

interface Kept {
  readonly captured: CapturedRows;
  readonly ids: IdRange;
}

const kept = (captured: CapturedRows): Kept => ({ captured, ids: ids.next(captured.rows.count) });

/** The payload of the record of entries with one source. */
function payloadOf(all: readonly Kept[]): Buffer {
  const entries = all.map((one) => new CaptureEntry(one.captured, one.ids, sources.of(one.captured)));
  const bytes = Buffer.alloc(entries.reduce((sum, { maxBytes }) => sum + maxBytes, entries[0]!.head.length));
  bytes.set(entries[0]!.head);
  const target = { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) };
  return bytes.subarray(
    0,
    entries.reduce((at, entry) => at + entry.writeTo(target, at), entries[0]!.head.length),
  );
}

/** What reaches the database. */
function shipped(payload: Buffer): Buffer {
  const writer = new BsonWriter();
  read.write(payload, writer);
  return writer.take();
}

const asTheDriverWrites = (all: readonly Kept[]): Buffer =>
  Buffer.concat(all.flatMap((one) => documentsOf(one.captured, one.ids).map((document) => BSON.serialize(document))));

const anyNumber = fc.oneof(
  fc.double({ noNaN: true }),
  fc.integer(),
  fc.constantFrom(0, -0, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), -(2 ** 31) - 1, 2 ** 53, 0.1, Infinity),
);
const finite = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.constant(-0));
const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const name = fc
  .oneof(text, fc.constantFrom('12', '3', 'wind_spd', 'größe', '__proto__'))
  .map((value) => value.replaceAll('\0', ''));
const names = (minLength: number) => fc.uniqueArray(name, { minLength, maxLength: 6 });

/** Predictions of one form, as a model makes them. */
const predictionsOf = (count: number): fc.Arbitrary<Prediction[]> =>
  fc.oneof(
    all(
      count,
      finite.map((score) => ({ score })),
    ),
    fc.nat(3).chain((length) =>
      all(
        count,
        listOf(fc.option(finite), length).map((score) => ({ score })),
      ),
    ),
    all(count, fc.record({ score: finite, label: label() })),
    names(1).chain((classes) =>
      all(count, fc.record({ score: finite, label: label(), probabilities: byName(classes) })),
    ),
    names(1).chain((classes) => all(count, fc.record({ score: finite, label: label(), decision: byName(classes) }))),
    all(count, fc.oneof(fc.record({ score: fc.integer() }), fc.record({ score: fc.integer(), label: label() }))),
  );

const all = <T>(count: number, one: fc.Arbitrary<T>): fc.Arbitrary<T[]> => listOf(one, count);
const listOf = <T>(one: fc.Arbitrary<T>, length: number): fc.Arbitrary<T[]> =>
  fc.array(one, { minLength: length, maxLength: length });
const label = (): fc.Arbitrary<Label> => fc.oneof(text, fc.integer(), fc.boolean());
const byName = (classes: readonly string[]): fc.Arbitrary<Record<string, number>> =>
  listOf(finite, classes.length).map((values) => Object.fromEntries(classes.map((one, i) => [one, values[i]!])));

const columnsOf: fc.Arbitrary<CapturedColumn[]> = names(0).chain((all) =>
  listOf(fc.constantFrom<CapturedColumn['type']>('double', 'integer', 'boolean', 'string'), all.length).map((types) =>
    all.map((one, i) => ({ name: one, type: types[i]! })),
  ),
);

function valuesOf(columns: readonly CapturedColumn[], count: number): fc.Arbitrary<CapturedRows['rows']> {
  const cells = columns.map(({ type }) =>
    type === 'string'
      ? fc.record({ number: fc.constant(NaN), text: fc.oneof(text, fc.constant(MISSING_TEXT)) })
      : fc.record({
          number: type === 'boolean' ? fc.constantFrom(0, 1, NaN) : fc.oneof(anyNumber, fc.constant(NaN)),
          text: fc.constant(''),
        }),
  );
  const hasTexts = columns.some(({ type }) => type === 'string');
  return listOf(fc.tuple(...cells), count).map((rows) => ({
    count,
    width: columns.length,
    numbers: Float64Array.from(rows.flat().map(({ number }) => number)),
    texts: hasTexts ? rows.flat().map((cell) => cell.text) : [],
  }));
}

const capturesOf = (mostRows: number): fc.Arbitrary<CapturedRows> =>
  fc.tuple(columnsOf, fc.integer({ min: 1, max: mostRows })).chain(([columns, count]) =>
    fc.record({
      model: text,
      version: fc.nat(),
      role: fc.constantFrom('active', 'canary', 'forced'),
      columns: fc.constant(columns),
      rows: valuesOf(columns, count),
      predictions: predictionsOf(count),
      warnings: fc
        .array(fc.tuple(fc.nat(count - 1), fc.array(text, { maxLength: 2 })))
        .map((warned) => new Map(warned)),
    }),
  );

const ofShadow: CapturedRows = {
  model: 'flight-delay',
  version: 2,
  role: 'shadow',
  request: ids.next(3),
  columns: [{ name: 'distance', type: 'double' }],
  rows: { count: 3, width: 1, numbers: Float64Array.of(1, 2, 3), texts: [] },
  predictions: [{ score: 1 }, { score: 2 }, { score: 3 }],
  warnings: new Map(),
};

const { request: _request, ...answered } = { ...ofShadow, role: 'active' as const };

const numbersOnly: CapturedRows = {
  ...answered,
  columns: Array.from({ length: 11 }, (_, i) => ({ name: `feature ${i}`, type: 'double' })),
  rows: { count: 1000, width: 11, numbers: Float64Array.from({ length: 11_000 }, (_, i) => i / 4), texts: [] },
  predictions: Array.from({ length: 1000 }, (_, score) => ({ score })),
};

const longTexts: CapturedRows = {
  ...answered,
  columns: ['from', 'to'].map((one) => ({ name: one, type: 'string' })),
  rows: { count: 300, width: 2, numbers: new Float64Array(600), texts: Array(600).fill('€'.repeat(500)) as string[] },
  predictions: Array.from({ length: 300 }, (_, score) => ({ score, label: '€'.repeat(score) })),
};

const asCaptured = (all: readonly Kept[]): unknown[] => documentsIn(asTheDriverWrites(all));

/** The records in documents, a block as what it holds. */
const recordsAmong = (documents: Buffer): DataCapture[] =>
  documentsIn(documents).flatMap((document) => recordsIn(document as StoredCapture));

function documentsIn(bytes: Buffer): Document[] {
  const documents: Document[] = [];
  for (let at = 0; at < bytes.length; at += bytes.readInt32LE(at))
    documents.push(BSON.deserialize(bytes.subarray(at, at + bytes.readInt32LE(at))));
  return documents;
}

describe('an entry of the journal', () => {
  it('of a row reaches the database as the document that the driver would make of it, byte by byte', () => {
    fc.assert(
      fc.property(capturesOf(1), (captured) => {
        const one = kept(captured);
        expect(shipped(payloadOf([one]))).toEqual(asTheDriverWrites([one]));
      }),
      { numRuns: 200 },
    );
  });

  it('of many rows reaches it as one document, which holds the record of each', () => {
    fc.assert(
      fc.property(capturesOf(12), (captured) => {
        const one = kept(captured);
        const payload = payloadOf([one]);
        expect(recordsAmong(shipped(payload))).toEqual(asCaptured([one]));
        const { outputs } = sources.of(captured);
        expect(documentsIn(shipped(payload))).toHaveLength(outputs ? 1 : captured.rows.count);
      }),
      { numRuns: 300 },
    );
  });

  it('of the release before reaches it as a document a row, some of which may be there already', () => {
    fc.assert(
      fc.property(capturesOf(12), (captured) => {
        const one = kept(captured);
        const payload = payloadOf([one]);
        payload.writeUInt32LE(ROWS_FORM);
        expect(shipped(payload)).toEqual(asTheDriverWrites([one]));
      }),
      { numRuns: 100 },
    );
  });

  it('whose rows are too much for one document, for all their warnings, reaches it as a document a row', () => {
    const warnings = new Map([0, 1, 2].map((row) => [row, Array<string>(60).fill('w'.repeat(100_000))]));
    const one = kept({ ...ofShadow, warnings });
    const documents = documentsIn(shipped(payloadOf([one])));
    expect([documents.length, documents[2]!['warnings'].length]).toEqual([3, 60]);
  });

  it('may follow others of its source, which stands before the first only', () => {
    const several = [ofShadow, sliceRows(ofShadow, 1, 3), ofShadow].map(kept);
    expect(recordsAmong(shipped(payloadOf(several)))).toEqual(asCaptured(several));
  });

  it.each([numbersOnly, longTexts])('reaches it whole also where it is large, and what came before stays', (large) => {
    const both = [ofShadow, large].map(kept);
    const writer = new BsonWriter();
    const written = both.map((one) => {
      read.write(payloadOf([one]), writer);
      return writer.take();
    });
    expect(written.map(recordsAmong)).toEqual(both.map((one) => asCaptured([one])));
  });

  it('has the same source as those that it can follow, and another one where version, role or form differ', () => {
    const { head } = sources.of(ofShadow);
    expect(sources.of(sliceRows(ofShadow, 0, 1)).head).toBe(head);
    const labelled = ofShadow.predictions.map(({ score }) => ({ score, label: 'late' }));
    const mixed = [...labelled.slice(1), { score: 1 }];
    const others = [{ version: 3 }, { role: 'canary' as const }, { predictions: labelled }, { predictions: mixed }];
    const heads = others.map((other) => sources.of({ ...ofShadow, ...other }).head);
    expect(new Set([head, ...heads]).size).toBe(5);
    expect(others.map((other) => sources.of({ ...ofShadow, ...other }).head)).toEqual(heads);
  });

  it('takes a hundred and a few bytes a row of eleven numbers and a score', () => {
    expect(payloadOf([kept(numbersOnly)]).length / 1000).toBeLessThan(8 * (11 + 1) + 1);
  });

  it("has a shadow's rows point to the records whose requests they scored, also where the rows are cut into entries", () => {
    const documents = BSON.deserialize(shipped(payloadOf([kept(sliceRows(ofShadow, 1, 2))])));
    expect(documents).toMatchObject({ role: 'shadow', score: 2 });
    expect(String(documents.request)).toBe(ofShadow.request!.at(1));
  });

  it('shows a zero in a name, which BSON cannot hold, and keeps the row', () => {
    const payload = payloadOf([kept({ ...sliceRows(ofShadow, 0, 1), columns: [{ name: 'a\0b', type: 'double' }] })]);
    expect(BSON.deserialize(shipped(payload)).features).toEqual({ 'a\u2400b': 1 });
  });
});
