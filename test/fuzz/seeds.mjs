import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { gunzipSync, inflateSync } from 'node:zlib';

const FIXTURES = resolve(import.meta.dirname, '../../libs/convert/fixtures');
const CORPUS = resolve(import.meta.dirname, '../../../shared/models/pickles/cases');
// What a mutation is repeated on a hundred times; a bomb is mutated as the packed file that it is.
const MAX_UNPACKED_BYTES = 2 ** 20;

/** The name that a mutated file of a format is uploaded with, and the share of the inputs that the format gets. */
export const formats = {
  pickle: { fileName: 'model.pkl', share: 0.45 },
  packed: { fileName: 'model.joblib', share: 0.13 },
  lightgbm: { fileName: 'model.txt', share: 0.14 },
  'xgboost-json': { fileName: 'model.json', share: 0.1 },
  'xgboost-ubj': { fileName: 'model.ubj', share: 0.08 },
  onnx: { fileName: 'model.onnx', share: 0.1 },
};

/** Every seed by format: `bytes` is what gets mutated, `packing` how it is packed afterwards. */
export function readSeeds() {
  const seeds = Object.fromEntries(Object.keys(formats).map((format) => [format, []]));
  for (const path of seedPaths()) {
    const seed = readSeed(path);
    seeds[seed.format].push(seed);
  }
  return seeds;
}

function seedPaths() {
  const own = filesUnder(FIXTURES).filter((path) =>
    /\.(pkl|joblib|txt|ubj|onnx)$|xgboost[/\\][^/\\]*\.json$/.test(path),
  );
  const corpus = existsSync(CORPUS) ? readdirSync(CORPUS).map((id) => join(CORPUS, id, 'model.pkl')) : [];
  const models = own.filter((path) => !path.endsWith('.expected.json') && !path.endsWith('requirements.txt'));
  return [...models, ...corpus].toSorted((a, b) => (a < b ? -1 : 1));
}

function filesUnder(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

function readSeed(path) {
  const file = readFileSync(path);
  const name = path.startsWith(CORPUS) ? path.slice(CORPUS.length + 1) : basename(path);
  const ending = path.slice(path.lastIndexOf('.'));
  const format = { '.txt': 'lightgbm', '.json': 'xgboost-json', '.ubj': 'xgboost-ubj', '.onnx': 'onnx' }[ending];
  return { name, ...(format ? { format, bytes: file, packing: 'none' } : unpack(file)) };
}

function unpack(file) {
  const packing = file[0] === 0x1f && file[1] === 0x8b ? 'gzip' : file[0] === 0x78 ? 'zlib' : 'none';
  if (packing === 'none') return { format: 'pickle', bytes: file, packing };
  try {
    const unpacked = (packing === 'gzip' ? gunzipSync : inflateSync)(file, { maxOutputLength: MAX_UNPACKED_BYTES });
    return { format: 'packed', bytes: unpacked, packing };
  } catch {
    return { format: 'packed', bytes: file, packing: 'none' };
  }
}
