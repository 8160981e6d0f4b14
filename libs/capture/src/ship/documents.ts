import { BSON, type Document } from 'bson';

/** The most bytes of one that MongoDB takes. */
export const LARGEST_DOCUMENT = 16 * 1024 * 1024;

/** BSON documents, one behind the other. */
export interface Documents {
  readonly bytes: Buffer;
  readonly count: number;
}

/** Documents in parts of at most so many bytes, and of one at least. */
export function* inParts({ bytes, count }: Documents, mostBytes: number): Generator<Documents> {
  if (bytes.length <= mostBytes) return yield { bytes, count };
  let from = 0;
  let inPart = 0;
  for (const at of startsOf(bytes)) {
    const end = at + bytes.readInt32LE(at);
    if (inPart > 0 && end - from > mostBytes) {
      yield { bytes: bytes.subarray(from, at), count: inPart };
      [from, inPart] = [at, 0];
    }
    inPart++;
  }
  yield { bytes: bytes.subarray(from), count: inPart };
}

/** One of them, read. */
export function documentAt({ bytes }: Documents, index: number): Document {
  const [at] = [...startsOf(bytes)].slice(index);
  return BSON.deserialize(bytes.subarray(at, at! + bytes.readInt32LE(at!)));
}

function* startsOf(bytes: Buffer): Generator<number> {
  for (let at = 0; at < bytes.length; at += bytes.readInt32LE(at)) yield at;
}
