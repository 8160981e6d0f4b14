import { BSON } from 'bson';
import { ENTRY_FORM, ROWS_FORM, type Source, SOURCE_AT } from '../capture.source.js';
import { documentsOf } from '../captured-rows.js';
import type { BsonWriter } from './bson.writer.js';
import { DocumentTemplate } from './document.template.js';
import { LARGEST_DOCUMENT } from './documents.js';
import { entriesIn, type EntryRows } from './entry-rows.js';
import { readOlderEntry } from './older-entry.js';

const MOST_SOURCES = 64;

interface KnownSource {
  readonly source: Source;
  readonly template: DocumentTemplate;
}

/** What was written: of how many rows, and as how many documents. */
export interface Written {
  readonly rows: number;
  readonly documents: number;
}

/** Makes documents of what the records of the journal hold. */
export class EntryDocuments {
  private readonly known = new Map<string, KnownSource>();

  /** Writes the documents of a record's payload. */
  write(payload: Buffer, writer: BsonWriter): Written {
    const form = payload.readUInt32LE(0);
    if (form !== ENTRY_FORM && form !== ROWS_FORM) return writeOlder(payload, writer);
    const sourceEnd = SOURCE_AT + payload.readUInt32LE(4);
    const { source, template } = this.sourceIn(payload.toString('latin1', SOURCE_AT, sourceEnd));
    const written = { rows: 0, documents: 0 };
    for (const entry of entriesIn(payload, sourceEnd, source)) {
      const isBlock = form === ENTRY_FORM && template.fitsBlock(entry) && writeBlock(template, writer, entry);
      if (!isBlock) template.writeRows(writer, entry);
      written.rows += entry.count;
      written.documents += isBlock ? 1 : entry.count;
    }
    return written;
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

// Rows with very many warnings may be more than a document can hold: then each is a document, and always will be.
function writeBlock(template: DocumentTemplate, writer: BsonWriter, entry: EntryRows): boolean {
  const { length } = writer;
  template.writeBlock(writer, entry);
  if (writer.length - length <= LARGEST_DOCUMENT) return true;
  writer.cutTo(length);
  return false;
}

function writeOlder(payload: Buffer, writer: BsonWriter): Written {
  const { captured, ids } = readOlderEntry(payload);
  const documents = documentsOf(captured, ids);
  for (const document of documents) writer.copy(BSON.serialize(document));
  return { rows: documents.length, documents: documents.length };
}
