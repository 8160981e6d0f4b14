import { categoriesOf, unreadable, unsupported, type Categories, type CategoryColumns } from '../trees/index.js';
import { numbersOf, optionalMembersOf, type Members, type Part } from './document.js';

const RENAME = 'Rename the categories to ASCII letters before training';

/** The categories that a model of 3.1 and newer keeps when it is trained on a data frame; a category's code is its place. */
export function readCategoryColumns(booster: Members, inputs: number): CategoryColumns {
  const trees = booster.has('gbtree') ? optionalMembersOf(booster, 'gbtree') : booster;
  const encodings = optionalMembersOf(optionalMembersOf(trees, 'model'), 'cats').get('enc');
  if (!Array.isArray(encodings) || encodings.length === 0) return new Map();
  if (encodings.length !== inputs)
    unreadable(`the XGBoost model has ${inputs} features, but ${encodings.length} encodings`);
  const columns = encodings.map((encoding: Part, i): [number, Categories] => [i, encodingOf(encoding)]);
  return new Map(columns.filter(([, { values }]) => values.length > 0));
}

/** Numbers, or texts as UTF-8 one behind the other with the offsets between them; nothing for a number's column. */
function encodingOf(encoding: Part): Categories {
  if (!(encoding instanceof Map)) return unreadable('an encoding of the XGBoost model is not an object');
  const values = numbersOf(encoding, 'values');
  if (!encoding.has('offsets')) return categoriesOf([...values]);
  const bytes = Uint8Array.from(values);
  const offsets = [...numbersOf(encoding, 'offsets')];
  // XGBoost 3.2 counts characters where it stores bytes: behind a letter beyond ASCII its texts are cut and shifted.
  if (bytes.some((byte) => byte >= 0x80)) unsupported('categories beyond ASCII, which XGBoost stores cut', RENAME);
  const isRun = (end: number, i: number) => end <= bytes.length && end >= (offsets[i - 1] ?? 0);
  if (!offsets.every(isRun)) unreadable('the categories of the XGBoost model are out of range');
  return categoriesOf(offsets.slice(1).map((end, i) => Buffer.from(bytes.subarray(offsets[i], end)).toString('utf8')));
}
