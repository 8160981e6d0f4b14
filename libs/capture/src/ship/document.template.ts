import { ID_PREFIX_BYTES } from '../capture-ids.js';
import { outputWidth, type Source } from '../capture.source.js';
import { type BsonWriter, DATE, elementsOf, type Key, keyOf, OBJECT_ID } from './bson.writer.js';
import type { EntryRows } from './entry-rows.js';
import { FeaturesTemplate } from './features.template.js';
import { OutputsTemplate } from './outputs.template.js';

const ID = keyOf('_id');
const ROWS = keyOf('rows');
const FEATURES = keyOf('features');
const DATETIME = keyOf('datetime');
const REQUEST = keyOf('request');
const WARNINGS = keyOf('warnings');
const ROW = keyOf('row');
// Of a value: its type, itself, and its place in a list.
const MOST_VALUE_BYTES = 24;
const FIXED_BYTES = 192;

/** Writes the documents of entries of one source: records as the driver would write those of `documentsOf`, or a CaptureBlock of them. */
export class DocumentTemplate {
  private readonly features: FeaturesTemplate;
  private readonly outputs: OutputsTemplate | undefined;
  /** Which version of which model it was, as elements. */
  private readonly origin: Uint8Array;
  private readonly headBytes: number;
  private readonly rowBytes: number;

  constructor({ model, version, role, columns, outputs }: Source) {
    this.features = new FeaturesTemplate(columns);
    this.outputs = outputs && new OutputsTemplate(outputs);
    this.origin = elementsOf({ model, model_version: version, role });
    const keys = [...this.features.keys, ...(this.outputs?.keys ?? [])];
    const namesBytes = keys.reduce((sum, key) => sum + key.length + MOST_VALUE_BYTES, 0);
    this.headBytes = FIXED_BYTES + this.origin.length + namesBytes;
    // One more for what holds a list of scores.
    this.rowBytes = MOST_VALUE_BYTES * (columns.length + (outputs ? outputWidth(outputs) + 2 : 0));
  }

  /** True where the rows of an entry can be one document: all their predictions have one form. */
  fitsBlock({ count }: EntryRows): boolean {
    return this.outputs !== undefined && count > 1;
  }

  /** Writes a document a row. */
  writeRows(writer: BsonWriter, entry: EntryRows): void {
    const warningsOf = new Map(entry.rest.warnings);
    for (let row = 0; row < entry.count; row++) {
      writer.reserve(this.headBytes + this.rowBytes);
      const began = writer.begin();
      writeId(writer, ID, entry.payload, entry.idAt, row);
      writer.document(FEATURES, () => this.features.writeRow(writer, entry, row));
      this.writeOrigin(writer, entry, row);
      this.writePrediction(writer, entry, row);
      if (warningsOf.has(row)) writer.copy(elementsOf({ warnings: warningsOf.get(row) }));
      writer.end(began);
    }
  }

  /** Writes one document of all rows: a block. */
  writeBlock(writer: BsonWriter, entry: EntryRows): void {
    writer.reserve(this.headBytes + entry.count * this.rowBytes);
    const began = writer.begin();
    writeId(writer, ID, entry.payload, entry.idAt, 0);
    writer.number(ROWS, entry.count);
    writer.document(FEATURES, () => this.features.writeColumns(writer, entry));
    this.writeOrigin(writer, entry, 0);
    this.outputs!.writeColumns(writer, entry);
    if (entry.rest.warnings) writeWarnings(writer, entry.rest.warnings);
    writer.end(began);
  }

  private writeOrigin(writer: BsonWriter, { view, idAt, rest }: EntryRows, row: number): void {
    writer.element(DATE, DATETIME);
    writer.int64(1000 * view.getUint32(idAt) + view.getUint16(idAt + 4));
    writer.raw(this.origin);
    if (rest.request !== undefined) writeId(writer, REQUEST, Buffer.from(rest.request, 'hex'), 0, row);
  }

  private writePrediction(writer: BsonWriter, entry: EntryRows, row: number): void {
    if (this.outputs) this.outputs.writeRow(writer, entry, row);
    else writer.copy(elementsOf({ ...entry.rest.predictions![row] }));
  }
}

// Piece by piece: they may be more than the driver has room for at a time.
function writeWarnings(writer: BsonWriter, warnings: NonNullable<EntryRows['rest']['warnings']>): void {
  const texts = warnings.reduce((sum, [, ofRow]) => sum + ofRow.length, 0);
  writer.reserve(FIXED_BYTES + MOST_VALUE_BYTES * (texts + 4 * warnings.length));
  writer.list(WARNINGS, warnings.length, (place, at) => {
    const [row, ofRow] = warnings[at]!;
    writer.document(place, () => {
      writer.number(ROW, row);
      writer.list(WARNINGS, ofRow.length, (one, i) => writer.text(one, ofRow[i]!));
    });
  });
}

// The ids of rows follow one another: the counter is what differs.
function writeId(writer: BsonWriter, key: Key, first: Buffer, at: number, row: number): void {
  writer.element(OBJECT_ID, key);
  for (let i = 0; i < ID_PREFIX_BYTES; i++) writer.byte(first[at + i]!);
  const counter = row + ((first[at + 9]! << 16) | (first[at + 10]! << 8) | first[at + 11]!);
  writer.byte(counter >>> 16);
  writer.byte(counter >>> 8);
  writer.byte(counter);
}
