import { createRequire } from 'node:module';
import type { Document } from 'bson';
import type { Db } from 'mongodb';
import { documentAt, type Documents, inParts, LARGEST_DOCUMENT } from './documents.js';

/** Documents that are BSON already, as a section of their own of the driver's message. */
interface DocumentSequence {
  push(document: Document, bson: Uint8Array): number;
}

// Not in the driver's front door, whose API takes nothing but objects (docs/decisions/0014): pinned with its version.
const { DocumentSequence } = createRequire(import.meta.url)('mongodb/lib/cmap/commands.js') as {
  readonly DocumentSequence: new (field: string) => DocumentSequence;
};

// On disk when it is answered: the journal's copy is deleted then. One round trip for all of them.
const DURABLY = { ordered: false, writeConcern: { w: 1, j: true } } as const;
// Well below the 48,000,000 bytes of a message.
const MOST_BYTES = 16_000_000;
const DUPLICATE_KEY = 11_000;

/** A document that the database refuses, whatever happens, and why. */
export interface RefusedDocument {
  readonly document: Document;
  readonly reason: string;
}

/** What a database says to an insert. */
interface Reply {
  readonly n?: number;
  readonly writeErrors?: readonly { readonly index: number; readonly code: number; readonly errmsg?: string }[];
  readonly writeConcernError?: { readonly errmsg?: string };
}

/** Where documents go, and at most how many bytes of them at a time. */
export interface Target {
  readonly collection: string;
  readonly mostBytes?: number;
}

/** Inserts documents, those that are there already excepted; gives those that were refused, throws where the database does not answer. */
export async function insertDocuments(
  db: Db,
  { collection, mostBytes = MOST_BYTES }: Target,
  documents: Documents,
): Promise<RefusedDocument[]> {
  const refused: RefusedDocument[] = [];
  for (const part of inParts(documents, mostBytes)) {
    refused.push(...(part.bytes.length > LARGEST_DOCUMENT ? tooLarge(part) : await insertPart(db, collection, part)));
  }
  return refused;
}

async function insertPart(db: Db, collection: string, documents: Documents): Promise<RefusedDocument[]> {
  const sequence = new DocumentSequence('documents');
  sequence.push({}, documents.bytes);
  return refusedIn((await db.command({ insert: collection, documents: sequence, ...DURABLY })) as Reply, documents);
}

// Ids are made by the service, so a duplicate is the same capture, shipped by a try whose answer was lost.
function refusedIn({ n = 0, writeErrors = [], writeConcernError }: Reply, documents: Documents): RefusedDocument[] {
  if (writeConcernError) throw new Error(writeConcernError.errmsg ?? 'a write concern error');
  const others = writeErrors.filter(({ code }) => code !== DUPLICATE_KEY);
  const unknown = others.find(({ code }) => !IS_ABOUT_THE_DOCUMENT.has(code));
  if (unknown) throw new Error(unknown.errmsg ?? `code ${unknown.code}`);
  if (n + writeErrors.length !== documents.count)
    throw new Error(`of ${documents.count} documents, the database speaks of ${n + writeErrors.length}`);
  return others.map(({ index, errmsg }) => ({ document: documentAt(documents, index), reason: errmsg ?? 'unknown' }));
}

// Only a document that is a part of its own can be.
function tooLarge(documents: Documents): RefusedDocument[] {
  return [{ document: documentAt(documents, 0), reason: `it is larger than ${LARGEST_DOCUMENT} bytes` }];
}

// BadValue, InvalidBSON, names of fields that the server does not take, DocumentValidationFailure, BSONObjectTooLarge, and keys that an index cannot take.
const IS_ABOUT_THE_DOCUMENT: ReadonlySet<number> = new Set([
  2, 22, 52, 53, 56, 57, 121, 10_334, 17_280, 17_419, 17_420,
]);
