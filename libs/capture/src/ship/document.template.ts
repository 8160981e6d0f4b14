import { ID_PREFIX_BYTES } from '../capture.entry.js';
import type { Source } from '../capture.source.js';
import { BsonWriter, DATE, DOCUMENT, elementsOf, keyOf, OBJECT_ID } from './bson.writer.js';
import type { EntryRows } from './entry-rows.js';
import { FeaturesTemplate } from './features.template.js';
import { OutputsTemplate } from './outputs.template.js';

const ID = keyOf('_id');
const FEATURES = keyOf('features');
const DATETIME = keyOf('datetime');
const REQUEST = keyOf('request');
// Of an element: its type, and its value with what closes it.
const MOST_BYTES_BESIDE_KEY = 16;
const FIXED_BYTES = 128;

/** Writes the documents of entries of one source: the bytes that the driver would make of `documentsOf`, without its objects. */
export class DocumentTemplate {
  private readonly features: FeaturesTemplate;
  private readonly outputs: OutputsTemplate | undefined;
  /** Which version of which model it was, as elements. */
  private readonly origin: Uint8Array;
  private readonly mostBytes: number;

  constructor({ model, version, role, columns, outputs }: Source) {
    this.features = new FeaturesTemplate(columns);
    this.outputs = outputs && new OutputsTemplate(outputs);
    this.origin = elementsOf({ model, model_version: version, role });
    const keys = [...this.features.keys, ...(this.outputs?.keys ?? [])];
    const elementBytes = keys.reduce((sum, key) => sum + key.length + MOST_BYTES_BESIDE_KEY, 0);
    this.mostBytes = FIXED_BYTES + this.origin.length + elementBytes;
  }

  /** Writes a document a row. */
  write(writer: BsonWriter, entry: EntryRows): void {
    const { warnings, request } = entry.rest;
    const warningsOf = new Map(warnings);
    const requestId = request === undefined ? undefined : Buffer.from(request, 'hex');
    for (let row = 0; row < entry.count; row++) {
      writer.reserve(this.mostBytes);
      const began = writer.begin();
      this.writeInput(writer, entry, row);
      if (requestId) writeId(writer, REQUEST, requestId, 0, row);
      this.writePrediction(writer, entry, row);
      if (warningsOf.has(row)) writer.copy(elementsOf({ warnings: warningsOf.get(row) }));
      writer.end(began);
    }
  }

  private writeInput(writer: BsonWriter, entry: EntryRows, row: number): void {
    writeId(writer, ID, entry.payload, entry.idAt, row);
    writer.element(DOCUMENT, FEATURES);
    const began = writer.begin();
    this.features.write(writer, entry, row);
    writer.end(began);
    writer.element(DATE, DATETIME);
    writer.int64(1000 * entry.view.getUint32(entry.idAt) + entry.view.getUint16(entry.idAt + 4));
    writer.raw(this.origin);
  }

  private writePrediction(writer: BsonWriter, entry: EntryRows, row: number): void {
    if (this.outputs) this.outputs.write(writer, entry, row);
    else writer.copy(elementsOf({ ...entry.rest.predictions![row] }));
  }
}

// The ids of rows follow one another: the counter is what differs.
function writeId(writer: BsonWriter, key: Uint8Array, first: Buffer, at: number, row: number): void {
  writer.element(OBJECT_ID, key);
  for (let i = 0; i < ID_PREFIX_BYTES; i++) writer.byte(first[at + i]!);
  const counter = row + ((first[at + 9]! << 16) | (first[at + 10]! << 8) | first[at + 11]!);
  writer.byte(counter >>> 16);
  writer.byte(counter >>> 8);
  writer.byte(counter);
}
