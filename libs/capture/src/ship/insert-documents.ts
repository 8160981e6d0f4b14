import { type Collection, MongoBulkWriteError } from 'mongodb';
import type { DataCapture } from '../data-capture.schema.js';

// On disk when it is answered: the journal's copy is deleted then. One round trip for all of them.
const DURABLY = { ordered: false, writeConcern: { w: 1, journal: true } } as const;
const DUPLICATE_KEY = 11_000;

/** A document that the database refuses, whatever happens, and why. */
export interface RefusedDocument {
  readonly document: DataCapture;
  readonly reason: string;
}

/** Inserts documents, those that are there already excepted; gives those that were refused, throws where the database does not answer. */
export async function insertDocuments(
  collection: Collection<DataCapture>,
  documents: readonly DataCapture[],
): Promise<RefusedDocument[]> {
  try {
    await collection.insertMany([...documents], DURABLY);
    return [];
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError) || error.getWriteConcernError?.() !== undefined) throw error;
    return refusedIn(error, documents);
  }
}

// Ids are made by the service, so a duplicate is the same capture, shipped by a try whose answer was lost.
function refusedIn(error: MongoBulkWriteError, documents: readonly DataCapture[]): RefusedDocument[] {
  const errors = [error.writeErrors].flat();
  // The driver words a connection that broke like this, too, but without any document's error: nothing is known then.
  if (errors.length === 0) throw error;
  const others = errors.filter(({ code }) => code !== DUPLICATE_KEY);
  if (others.some(({ code }) => !IS_ABOUT_THE_DOCUMENT.has(Number(code)))) throw error;
  return others.map(({ index, errmsg }) => ({ document: documents[index]!, reason: errmsg ?? 'unknown' }));
}

// BadValue, InvalidBSON, DocumentValidationFailure, BSONObjectTooLarge, and keys that an index cannot take.
const IS_ABOUT_THE_DOCUMENT: ReadonlySet<number> = new Set([2, 22, 121, 10_334, 17_280, 17_419, 17_420]);
