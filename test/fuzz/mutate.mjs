import { deflateSync, gzipSync } from 'node:zlib';
import { formats } from './seeds.mjs';

/** The input of a number: the same for the same seeds and the same FUZZ_SEED, whichever process asks. */
export function inputOf({ seeds, fuzzSeed, index }) {
  const random = randomOf(fuzzSeed, index);
  const format = formatOf(random.fraction());
  const seed = random.pick(seeds[format]);
  const steps = [];
  let { bytes } = seed;
  for (let count = 1 + random.below(3) ** 2; count > 0; count--) {
    const { name, mutate } = random.pick(mutationsOf[format]);
    const at = random.below(bytes.length + 1);
    bytes = mutate({ bytes, at, random, seeds: seeds[format] });
    steps.push(`${name}@${at}`);
  }
  return {
    format,
    seed: seed.name,
    steps,
    fileName: formats[format].fileName,
    bytes: pack(bytes, seed.packing, random),
  };
}

function formatOf(fraction) {
  let upTo = 0;
  for (const [format, { share }] of Object.entries(formats)) {
    upTo += share;
    if (fraction < upTo) return format;
  }
  return 'pickle';
}

function pack(bytes, packing, random) {
  if (packing === 'none') return bytes;
  const packed = packing === 'gzip' ? gzipSync(bytes, { level: 1 }) : deflateSync(bytes, { level: 1 });
  // A few are damaged once more in the packed stream, for the sake of zlib's own refusals.
  return random.below(10) === 0 ? flip({ bytes: packed, at: random.below(packed.length), random }) : packed;
}

/** Mulberry32, started from both numbers. */
function randomOf(fuzzSeed, index) {
  let state = (Math.imul(fuzzSeed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0;
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit) => Math.floor(fraction() * limit);
  return { fraction, below, pick: (items) => items[below(items.length)] };
}

function splice(bytes, at, removed, inserted) {
  return Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(Math.min(bytes.length, at + removed))]);
}

/** Mostly short, now and then long. */
const blockLength = (random, bytes) => 1 + random.below(random.below(4) === 0 ? bytes.length + 1 : 40);

function flip({ bytes, at, random }) {
  const flipped = Buffer.from(bytes);
  if (at < flipped.length) flipped[at] ^= random.below(2) === 0 ? 1 << random.below(8) : 1 + random.below(255);
  return flipped;
}

const truncate = ({ bytes, at }) => bytes.subarray(0, at);

const remove = ({ bytes, at, random }) => splice(bytes, at, blockLength(random, bytes), Buffer.alloc(0));

function duplicate({ bytes, at, random }) {
  const block = bytes.subarray(at, at + blockLength(random, bytes));
  const copies = random.below(8) === 0 ? 2 + random.below(50) : 1;
  return splice(bytes, at, 0, Buffer.concat(Array(block.length * copies > 2 ** 20 ? 1 : copies).fill(block)));
}

/** Moves a block of another seed in, or continues as the other seed does. */
function cross({ bytes, at, random, seeds }) {
  const other = random.pick(seeds).bytes;
  const from = random.below(other.length + 1);
  if (random.below(2) === 0) return Buffer.concat([bytes.subarray(0, at), other.subarray(from)]);
  return splice(bytes, at, random.below(20), other.subarray(from, from + blockLength(random, other)));
}

/** Puts an interesting value in, or over what is there. */
const put = (values) => {
  const buffers = values.map((value) => Buffer.from(value, 'latin1'));
  return ({ bytes, at, random }) => {
    const value = random.pick(buffers);
    return splice(bytes, at, random.below(2) === 0 ? 0 : value.length, value);
  };
};

const bigValues = [
  '\xff\xff\xff\xff',
  '\xff\xff\xff\x7f',
  '\x00\x00\x00\x80',
  '\xff\xff\xff\xff\xff\xff\xff\xff',
  '\xff\xff\xff\xff\xff\xff\xff\x7f',
  '\x00\x00\x00\x00\x00\x00\x00\x80',
  '\x00\x00\x00\x00\x01\x00\x00\x00',
  '\xff'.repeat(64),
  '\0'.repeat(64),
  '\x00\x00\xc0\x7f',
  '\x00\x00\x00\x00\x00\x00\xf0\x7f',
];

const opcodes = [
  ...Array.from(
    '().012FGIJKLMNPQRSTUVXabcdeghijlopqrstu]})\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x8e',
  ),
  ...Array.from('\x8f\x90\x91\x92\x93\x94\x95\x96\x97\x98'),
  '\x8b\xff\xff\xff\x7f',
  '\x8a\xff',
  'X\xff\xff\xff\xff',
  '\x8d\xff\xff\xff\xff\xff\xff\xff\x00',
  '\x96\xff\xff\xff\xff\x00\x00\x00\x00',
  'B\xff\xff\xff\x7f',
  'r\xff\xff\xff\xff',
  'j\xff\xff\xff\x7f',
  'cos\nsystem\n',
  'cbuiltins\neval\n',
  'ccollections\nOrderedDict\n',
  'cnumpy.core.multiarray\n_reconstruct\n',
  'cnumpy\ndtype\n',
  'cjoblib.numpy_pickle\nNumpyArrayWrapper\n',
  'I99999999999999999999999\n',
  'L-1L\n',
  'Fnan\n',
  'Finf\n',
  '(((((((((((((((((((((((((((((((((',
  ']]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]',
  '\x85\x85\x85\x85\x85\x85\x85\x85\x85\x85\x85',
  '2222222222222222222222222',
  'h\x00h\x00a',
  'N}\x8c\x09__proto__\x8c\x08pollutedsb',
  '\x8c\x09__proto__',
  '\x8c\x0bconstructor',
  'K\x00',
  'J\xff\xff\xff\xff',
];

const varints = [
  '\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01',
  '\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01',
  '\xff\xff\xff\xff\x0f',
  '\xff\xff\xff\xff\x07',
  '\x80\x80\x80\x80\x10',
  '\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80',
  '\x80\x00',
  '\x08',
  '\x0a\x00',
  '\x0b',
  '\x0c',
  '\x3a\xff\xff\xff\xff\x0f',
];

const jsonValues = [
  'null',
  'true',
  '{}',
  '[]',
  '""',
  '-1',
  '1e999',
  '"NaN"',
  '"1e400"',
  '"__proto__"',
  '"__proto__":{"polluted":1},',
  '"constructor":{"prototype":{"polluted":1}},',
  '[[[[[[[[[[[[[[[[',
  '{"a":{"a":{"a":',
  '"\\ud800"',
];

const ubjValues = [
  'i\xff',
  'I\x7f\xff',
  'l\x7f\xff\xff\xff',
  'l\xff\xff\xff\xff',
  'L\x7f\xff\xff\xff\xff\xff\xff\xff',
  'L\x00\x00\x00\x01\x00\x00\x00\x00',
  '[$d#l\x7f\xff\xff\xff',
  '[$[#L\x00\x00\x00\x00\x7f\xff\xff\xff',
  '[$Z#l\x7f\xff\xff\xff',
  '{$Z#l\x00\xff\xff\xff',
  '[[[[[[[[[[[[[[[[[[[[[',
  '{i\x09__proto__{i\x08pollutedT}',
  'L\x00\x00\x00\x00\x00\x00\x00\x09__proto__',
  'Z',
  'N',
  'T',
  'd\x7f\xc0\x00\x00',
  'd\x7f\x80\x00\x00',
];

const lightgbmValues = [
  '\n\n',
  '\r\n',
  '=',
  ' ',
  '\nTree=0\n',
  '\nend of trees\n',
  '\nnum_leaves=2147483647\n',
  '\nnum_cat=1\n',
  '\n__proto__=1\n',
  '\nmax_feature_idx=99999999\n',
  '\nnum_class=1000000000\n',
  '\nobjective=multiclass num_class:1000000\n',
  '\nfeature_names=__proto__ constructor\n',
  'nan',
  'inf',
  '\npandas_categorical:[[["__proto__"]]]\n',
];

const numbers = ['0', '-1', '1', '2', '10001', '65536', '2147483647', '2147483648', '-2147483648', '4294967296'].concat(
  ['9007199254740993', '99999999999999999999', '1e308', '1e999', '-0.0', '5e-324', 'nan', 'inf', '', '0x10', '1.5'],
);

/** Writes another number over the next one. */
function editNumber({ bytes, at, random }) {
  const isDigit = (byte) => byte >= 0x30 && byte <= 0x39;
  const start = bytes.findIndex((byte, i) => i >= at && isDigit(byte));
  if (start < 0) return bytes;
  let end = start;
  while (end < bytes.length && (isDigit(bytes[end]) || bytes[end] === 0x2e)) end++;
  return splice(bytes, start, end - start, Buffer.from(random.pick(numbers)));
}

/** Moves a number's value a little up or down where a length, an index or a count stands in binary. */
function nudge({ bytes, at, random }) {
  const nudged = Buffer.from(bytes);
  if (at < nudged.length) nudged[at] += random.pick([1, 255, 2, 254, 16, 128]);
  return nudged;
}

const named = (mutations) => Object.entries(mutations).map(([name, mutate]) => ({ name, mutate }));
const anywhere = { flip, truncate, remove, duplicate, cross, putBig: put(bigValues) };
const inPickles = named({ ...anywhere, flipAgain: flip, nudge, putOpcode: put(opcodes), putOpcodes: put(opcodes) });

const mutationsOf = {
  pickle: inPickles,
  packed: inPickles,
  lightgbm: named({ ...anywhere, putLine: put(lightgbmValues), editNumber, editNumbers: editNumber }),
  'xgboost-json': named({ ...anywhere, putJson: put(jsonValues), editNumber, editNumbers: editNumber }),
  'xgboost-ubj': named({ ...anywhere, nudge, putUbj: put(ubjValues), putUbjs: put(ubjValues) }),
  onnx: named({ ...anywhere, nudge, nudgeAgain: nudge, putVarint: put(varints), putVarints: put(varints) }),
};
