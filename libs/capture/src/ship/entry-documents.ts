import { BSON } from 'bson';
import { ENTRY_FORM, type Source, SOURCE_AT } from '../capture.source.js';
import { documentsOf } from '../captured-rows.js';
import type { BsonWriter } from './bson.writer.js';
import { DocumentTemplate } from './document.template.js';
import { entryAt } from './entry-rows.js';
import { readOlderEntry } from './older-entry.js';

const MOST_SOURCES = 64;

interface KnownSource {
  readonly source: Source;
  readonly template: DocumentTemplate;
}

/** Makes documents of what the records of the journal hold. */
export class EntryDocuments {
  private readonly known = new Map<string, KnownSource>();

  /** Writes the documents of a record's payload; gives how many. */
  write(payload: Buffer, writer: BsonWriter): number {
    return payload.readUInt32LE(0) === ENTRY_FORM ? this.writeEntries(payload, writer) : writeOlder(payload, writer);
  }

  private writeEntries(payload: Buffer, writer: BsonWriter): number {
    const sourceEnd = SOURCE_AT + payload.readUInt32LE(4);
    const { source, template } = this.sourceIn(payload.toString('latin1', SOURCE_AT, sourceEnd));
    const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
    let rows = 0;
    for (let at = sourceEnd; at < payload.length;) {
      const entry = entryAt(payload, view, at, source);
      template.write(writer, entry);
      rows += entry.count;
      at = entry.end;
    }
    return rows;
  }

  private sourceIn(bytes: string): KnownSource {
    return this.known.get(bytes) ?? this.learn(bytes);
  }

  private learn(bytes: string): KnownSource {
    if (this.known.size >= MOST_SOURCES) this.known.clear();
    const source = JSON.parse(Buffer.from(bytes, 'latin1').toString()) as Source;
    const made = { source, template: new DocumentTemplate(source) };
    this.known.set(bytes, made);
    return made;
  }
}

function writeOlder(payload: Buffer, writer: BsonWriter): number {
  const { captured, ids } = readOlderEntry(payload);
  const documents = documentsOf(captured, ids);
  for (const document of documents) writer.copy(BSON.serialize(document));
  return documents.length;
}
