import { unreadable, unsupported } from '../trees/index.js';
import { membersOf, optionalMembersOf, type Members, type Part } from './document.js';
import { readJson } from './read-json.js';
import { readUbjson } from './read-ubjson.js';

const OPEN_BRACE = 0x7b;
const JSON_AFTER_BRACE: ReadonlySet<number> = new Set([0x22, 0x20, 0x0a, 0x0d, 0x09, 0x7d]);

/** A model, and the settings that trained it. */
export interface Learner {
  readonly model: Members;
  /** Empty but in a pickle. */
  readonly settings: Members;
}

/** The `learner` of a model file (JSON or UBJSON), or of the bytes of a pickled Booster, which hold it in `Model`. */
export function readLearner(bytes: Uint8Array): Learner {
  const document = readDocument(bytes);
  if (!(document instanceof Map)) return unreadable('the XGBoost model is not an object');
  const pickled = optionalMembersOf(document, 'Model');
  return {
    model: membersOf(pickled.size > 0 ? pickled : document, 'learner'),
    settings: optionalMembersOf(optionalMembersOf(document, 'Config'), 'learner'),
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
