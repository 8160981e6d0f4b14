import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import {
  doublesOf,
  integersOf,
  arrayOf,
  listOf,
  NdArray,
  PyGlobal,
  textOf,
  type PyObject,
  type PyValue,
} from '../../pickle/index.js';
import { unreadable, unsupported } from '../../trees/index.js';
import type { Transformer } from '../converter.js';
import { checkWidth } from '../fitted-numbers.js';
import { isOlderThan } from '../library-version.js';
import { refuseTooLargeForFloat32 } from '../unchecked-rows.js';
import { matrixTransformer } from './matrix-transformer.js';

type Encoding = (g: GraphBuilder, bin: Value, count: number) => Value;

const ENCODINGS: ReadonlyMap<string, Encoding> = new Map<string, Encoding>([
  ['ordinal', (_, bin) => bin],
  ['onehot', oneHot],
  ['onehot-dense', oneHot],
]);

/** The bin of each value, as its number or as zeros and one 1. */
export function convertKBinsDiscretizer(object: PyObject): Transformer {
  const encode = textOf(object, 'encode');
  const encoding = ENCODINGS.get(encode) ?? unsupported(`KBinsDiscretizer with encode ${encode}`);
  const counts = integersOf(arrayOf(object, 'n_bins_'));
  const edges = listOf(object, 'bin_edges_').map((list, i) => innerEdges(list, counts[i]));
  const outputs = encoding === oneHot ? counts.reduce((sum, count) => sum + count, 0) : counts.length;
  const isShifted = isOlderThan(object, '1.1');
  const isFloat32 = roundsToFloat32(object);
  if (isFloat32 && isShifted) unsupported('KBinsDiscretizer of a release before 1.1 with dtype float32');
  const apply = (g: GraphBuilder, x: Value) => {
    if (isFloat32) refuseTooLargeForFloat32(g, x);
    const read = isFloat32 ? g.roundToFloat32(x) : x;
    const values = isShifted ? shifted(g, read) : read;
    return g.concat(edges.map((list, i) => encoding(g, binOf(g, g.gather(values, [i]), list), counts[i])));
  };
  return matrixTransformer({
    inputs: edges.length,
    outputs: checkWidth(outputs, 'KBinsDiscretizer'),
    missing: 'refused',
    isSparse: encode === 'onehot',
    apply,
  });
}

/** `dtype` is None or one of two classes of numpy. */
function roundsToFloat32(object: PyObject): boolean {
  const dtype = object.get('dtype') ?? null;
  const name = dtype === null ? 'float64' : dtype instanceof PyGlobal && dtype.module === 'numpy' && dtype.name;
  return (
    name === 'float32' ||
    (name !== 'float64' && unsupported('KBinsDiscretizer with another dtype than float64 or float32'))
  );
}

/** The edges between bins, without those of the range. */
function innerEdges(list: PyValue, count: number): Float64Array {
  if (!(list instanceof NdArray)) return unreadable('bin_edges_ of a KBinsDiscretizer');
  const edges = doublesOf(list);
  if (edges.length !== count + 1) return unreadable('bin_edges_ of a KBinsDiscretizer do not fit its n_bins_');
  return edges.slice(1, -1);
}

/** The number of edges that are not above the value. */
function binOf(g: GraphBuilder, x: Value, edges: Float64Array): Value {
  if (edges.length === 0) return g.where(g.equal(x, x), 0, 0);
  return g.reduceSum(g.cast(g.greaterOrEqual(x, g.doubles(edges, [1, edges.length])), 'double'));
}

/** Until 1.0, values next to an edge were counted as on it. */
function shifted(g: GraphBuilder, x: Value): Value {
  return g.add(x, g.add(g.mul(g.abs(x), 1e-5), 1e-8));
}

function oneHot(g: GraphBuilder, bin: Value, count: number): Value {
  const bins = Array.from({ length: count }, (_, i) => i);
  return g.cast(g.equal(bin, g.doubles(bins, [1, count])), 'double');
}
