import { unreadable, unsupported } from '../trees/index.js';
import { membersOf, optionalMembersOf, type Members, type Part } from './document.js';
import { readJson } from './read-json.js';
import { readUbjson } from './read-ubjson.js';

const OPEN_BRACE = 0x7b;
const JSON_AFTER_BRACE: ReadonlySet<number> = new Set([0x22, 0x20, 0x0a, 0x0d, 0x09, 0x7d]);

/** What a model file holds. */
export interface XgboostFile {
  readonly learner: Members;
  /** The settings that trained it; empty but in a pickle. */
  readonly settings: Members;
  /** The release that wrote it, `[major, minor, patch]`, where the file says so. */
  readonly version: Part | undefined;
}

/** Reads a model file (JSON or UBJSON), or the bytes of a pickled Booster, which hold it in `Model`. */
export function readFile(bytes: Uint8Array): XgboostFile {
  const document = readDocument(bytes);
  if (!(document instanceof Map)) return unreadable('the XGBoost model is not an object');
  const pickled = optionalMembersOf(document, 'Model');
  const model = pickled.size > 0 ? pickled : document;
  return {
    learner: membersOf(model, 'learner'),
    settings: optionalMembersOf(optionalMembersOf(document, 'Config'), 'learner'),
    version: model.get('version'),
  };
}

function readDocument(bytes: Uint8Array): Part {
  if (bytes[0] === OPEN_BRACE) return JSON_AFTER_BRACE.has(bytes[1]) ? readJson(bytes) : readUbjson(bytes);
  const head = Buffer.from(bytes.subarray(0, 14)).toString('latin1');
  if (head.startsWith('binf') || head === 'CONFIG-offset:') {
    unsupported(
      "XGBoost's old binary format is not read",
      'Load it with XGBoost 1.6 or newer and save it as .json or .ubj',
    );
  }
  return unreadable('the bytes are not an XGBoost model');
}
