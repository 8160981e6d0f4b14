import type { ModelFormat } from './converted.js';

/** What the bytes are: a format by name, or no known format, with a description for the caller either way. */
export interface Detected {
  readonly format?: ModelFormat;
  readonly description: string;
}

/** How a file of one kind begins, in Latin-1: with one of some bytes, or with a text that fits a pattern. */
interface Mark extends Detected {
  readonly bytes?: readonly string[];
  readonly text?: RegExp;
}

const HEAD_BYTES = 256;

const compressors = [
  '\x78\x01',
  '\x78\x5e',
  '\x78\x9c',
  '\x78\xda',
  '\x1f\x8b',
  'BZh',
  '\xfd7zXZ',
  '\x5d\0\0',
  '\x04"M\x18',
];
/** The tags of ModelProto's fields; exporters begin with 1, protobuf's own text order allows any. */
const onnxTags = ['\x08', '\x12', '\x1a', '\x22', '\x28', '\x32', '\x3a', '\x42', '\x72'];

const marks: readonly Mark[] = [
  { bytes: ['\x80\x02', '\x80\x03', '\x80\x04', '\x80\x05'], format: 'pickle', description: 'a pickle' },
  {
    text: /^(c[\w.]+\n[\w.]+\n|\(([dl]p\d*\n|i[\w.]+\n)|[\]}]q\0)/,
    format: 'pickle',
    description: 'a pickle of an old protocol',
  },
  { bytes: compressors, format: 'joblib', description: 'a compressed file, as joblib writes them' },
  { text: /^tree\r?\n/, format: 'lightgbm', description: 'a LightGBM text model' },
  { text: /^\s*\{\s*"(learner|version|Config|Model)"/, format: 'xgboost', description: 'an XGBoost JSON model' },
  { text: /^\{[\s\S]{1,10}(learner|version|Config|Model)/, format: 'xgboost', description: 'an XGBoost UBJSON model' },
  { bytes: ['binf'], format: 'xgboost', description: 'an XGBoost binary model' },
  { bytes: ['PK\x03\x04'], description: 'a ZIP archive (PyTorch, Keras and NumPy files are such)' },
  { bytes: ['\x89HDF'], description: 'an HDF5 file' },
  { bytes: ['version https://git-lfs'], description: 'a Git LFS pointer and not the model itself' },
  { text: /^\s*<(!doctype|html|\?xml)/i, description: 'an HTML or XML page' },
  { text: /^\s*[{[]/, description: 'JSON of an unknown kind' },
  { bytes: onnxTags, format: 'onnx', description: 'an ONNX model' },
];

/** Tells a file's format from its bytes alone; never from its name. */
export function detectFormat(bytes: Uint8Array): Detected {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1');
  const mark = marks.find(
    ({ bytes: starts, text }) => starts?.some((start) => head.startsWith(start)) ?? text?.test(head),
  );
  if (!mark) return { description: 'in no format that is known here' };
  return { ...(mark.format && { format: mark.format }), description: mark.description };
}
