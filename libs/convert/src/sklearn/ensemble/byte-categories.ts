import type { EvaluatedOutputs } from '../../fitted-model.js';
import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import type { PyObject } from '../../pickle/index.js';
import { isOlderThan } from '../library-version.js';
import type { CheckableModel } from '../tree/index.js';
import type { KnownCategories } from './hist-tree.js';

const CATEGORIES = 256;
// Beyond 32 bits, what the library's cast keeps of a number is 0.
const LARGEST = 2 ** 31;

/** The columns of categories, and how the release at hand reads them. */
interface Reading {
  readonly inputs: number;
  readonly known: KnownCategories;
  /** Since 1.2. */
  readonly isNegativeMissing: boolean;
}

/**
 * Reads the columns of categories as scikit-learn does: a number is cut to a whole one and, as it is kept in a byte, taken
 * modulo 256.
 */
export function withByteCategories(object: PyObject, model: CheckableModel, known: KnownCategories): CheckableModel {
  if (known.size === 0) return model;
  const { inputs, task, classes, takesMissing } = model;
  const reading: Reading = { inputs, known, isNegativeMissing: !isOlderThan(object, '1.2') };
  return {
    inputs,
    task,
    ...(classes && { classes }),
    takesMissing,
    targets: model.targets,
    apply: (g, x) => model.apply(g, categoriesAsBytes(g, x, reading)),
    evaluate: (rows, count): EvaluatedOutputs =>
      model.evaluate(
        rows.map((value, i) => (known.has(i % inputs) ? byteOf(value, reading) : value)),
        count,
      ),
    checkRows: (count, seed) => model.checkRows(count, seed),
  };
}

function categoriesAsBytes(g: GraphBuilder, x: Value, { inputs, known, isNegativeMissing }: Reading): Value {
  const isCategory = g.bools(Array.from({ length: inputs }, (_, i) => known.has(i)));
  const whole = g.where(g.greaterOrEqual(g.abs(x), LARGEST), 0, g.trunc(x));
  const bytes = g.sub(whole, g.mul(g.floor(g.div(whole, CATEGORIES)), CATEGORIES));
  return g.where(isCategory, isNegativeMissing ? g.where(g.less(x, 0), NaN, bytes) : bytes, x);
}

function byteOf(value: number, { isNegativeMissing }: Reading): number {
  if (value < 0 && isNegativeMissing) return NaN;
  const whole = Math.abs(value) >= LARGEST ? 0 : Math.trunc(value);
  return whole - CATEGORIES * Math.floor(whole / CATEGORIES);
}
