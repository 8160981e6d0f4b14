import type { EvaluatedOutputs } from '../../fitted-model.js';
import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import type { CheckableModel } from '../tree/index.js';
import type { KnownCategories } from './hist-tree.js';

const CATEGORIES = 256;

/**
 * Reads the columns of categories as scikit-learn does: a negative number is missing, any other is cut to a whole one
 * and, as it is kept in a byte, taken modulo 256.
 */
export function withByteCategories(model: CheckableModel, known: KnownCategories): CheckableModel {
  if (known.size === 0) return model;
  const { inputs, task, classes, takesMissing } = model;
  return {
    inputs,
    task,
    ...(classes && { classes }),
    takesMissing,
    targets: model.targets,
    apply: (g, x) => model.apply(g, categoriesAsBytes(g, x, { inputs, known })),
    evaluate: (rows, count): EvaluatedOutputs =>
      model.evaluate(
        rows.map((value, i) => (known.has(i % inputs) ? byteOf(value) : value)),
        count,
      ),
    checkRows: (count, seed) => model.checkRows(count, seed),
  };
}

function categoriesAsBytes(
  g: GraphBuilder,
  x: Value,
  { inputs, known }: { readonly inputs: number; readonly known: KnownCategories },
): Value {
  const isCategory = g.bools(Array.from({ length: inputs }, (_, i) => known.has(i)));
  const bytes = g.where(g.less(x, 0), NaN, g.fmod(g.floor(x), CATEGORIES));
  return g.where(isCategory, bytes, x);
}

function byteOf(value: number): number {
  return value < 0 ? NaN : Math.floor(value) % CATEGORIES;
}
