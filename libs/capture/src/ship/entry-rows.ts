import { ENTRY_HEAD_BYTES, type Rest } from '../capture.entry.js';
import { outputWidth, type Source } from '../capture.source.js';

const NO_REST: Rest = {};

/** An entry of the journal, behind its source: where its parts are. */
export interface EntryRows {
  readonly payload: Buffer;
  readonly view: DataView;
  /** The id of the first row. */
  readonly idAt: number;
  readonly count: number;
  readonly featuresAt: number;
  readonly outputsAt: number;
  readonly rest: Rest;
  /** The next entry. */
  readonly end: number;
}

/** The entries of a payload, which begin behind their source. */
export function* entriesIn(payload: Buffer, sourceEnd: number, source: Source): Generator<EntryRows> {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  for (let at = sourceEnd; at < payload.length;) {
    const entry = entryAt(payload, view, at, source);
    yield entry;
    at = entry.end;
  }
}

function entryAt(payload: Buffer, view: DataView, at: number, source: Source): EntryRows {
  const count = view.getUint32(at + 12, true);
  const restBytes = view.getUint32(at + 16, true);
  const featuresAt = at + ENTRY_HEAD_BYTES;
  const outputsAt = featuresAt + 8 * count * source.columns.length;
  const restAt = outputsAt + (source.outputs ? 8 * count * outputWidth(source.outputs) : 0);
  const end = restAt + restBytes;
  const rest = restBytes === 0 ? NO_REST : (JSON.parse(payload.toString('utf8', restAt, end)) as Rest);
  return { payload, view, idAt: at, count, featuresAt, outputsAt, rest, end };
}
