import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { textOf, type PyObject } from '../../pickle/index.js';
import { tooComplex, unreadable, unsupported } from '../../trees/index.js';
import type { Transformer } from '../converter.js';
import { matrixOf, vectorOf } from '../fitted-numbers.js';
import { Table } from '../table.js';
import { matrixTransformer } from './matrix-transformer.js';
import { normalQuantile } from './normal-quantile.js';

const MAX_CELLS = 1_000_000;
// Of scikit-learn: shares nearer to 0 or 1 count as this.
const BOUND = 1e-7;

/** The share of training rows below each value, as it is or as a quantile of the normal distribution. */
export function convertQuantileTransformer(object: PyObject): Transformer {
  const distribution = textOf(object, 'output_distribution');
  const finish = FINISHES.get(distribution) ?? unsupported(`QuantileTransformer into ${distribution}`);
  const columns = quantilesOf(object);
  const shares = vectorOf(object, 'references_', columns[0].length);
  const curves = columns.map((quantiles) => curveOf(quantiles, shares));
  const plain = matrixTransformer({
    inputs: columns.length,
    missing: 'passed',
    apply: (g, x) =>
      g.concat(columns.map((quantiles, i) => finish(g, g.gather(x, [i]), { quantiles, curve: curves[i] }))),
  });
  return { ...plain, transform: (g, table) => withZerosOf(g, table, plain.transform(g, table)) };
}

/** What a sparse matrix does not hold is not transformed. */
function withZerosOf(g: GraphBuilder, table: Table, transformed: Table): Table {
  if (!table.isSparse) return transformed;
  const values = g.where(g.equal(table.matrix(g), 0), 0, transformed.matrix(g));
  return Table.ofMatrix(values, transformed.width).heldAs(transformed);
}

/** The quantiles of each column, rising. */
function quantilesOf(object: PyObject): Float64Array[] {
  const { rows, columns, data } = matrixOf(object, 'quantiles_');
  if (data.length > MAX_CELLS) tooComplex('a QuantileTransformer of too many quantiles', 'Use fewer n_quantiles');
  if (data.length === 0) unreadable('a QuantileTransformer without quantiles');
  const column = (place: number) => Float64Array.from({ length: rows }, (_, row) => data[row * columns + place]);
  const all = Array.from({ length: columns }, (_, place) => column(place));
  const isRising = all.every((list) => list.every((value, i) => i === 0 || value >= list[i - 1]));
  return isRising ? all : unreadable('the quantiles of a QuantileTransformer do not rise');
}

type Curve = (g: GraphBuilder, x: Value) => Value;

interface Column {
  readonly quantiles: Float64Array;
  readonly curve: Curve;
}

type Finish = (g: GraphBuilder, x: Value, column: Column) => Value;

const uniform: Finish = (g, x, { quantiles, curve }) => {
  const shares = g.where(g.equal(x, quantiles.at(-1)!), 1, curve(g, x));
  return g.where(g.equal(x, quantiles[0]), 0, shares);
};

const normal: Finish = (g, x, { quantiles, curve }) => {
  const shares = g.where(g.greater(g.add(x, BOUND), quantiles.at(-1)!), 1, curve(g, x));
  const inside = g.where(g.less(g.sub(x, BOUND), quantiles[0]), 0, shares);
  const least = BOUND - Number.EPSILON;
  return normalQuantile(g, g.clip(inside, least, 1 - least));
};

const FINISHES: ReadonlyMap<string, Finish> = new Map([
  ['uniform', uniform],
  ['normal', normal],
]);

/** Where training saw a value often, several quantiles are equal: the middle between the first and the last of their shares. */
function curveOf(quantiles: Float64Array, shares: Float64Array): Curve {
  const upwards = lines(quantiles, shares);
  const downwards = lines(mirrored(quantiles), mirrored(shares));
  return (g, x) => g.mul(g.sub(upwards(g, x), downwards(g, g.neg(x))), 0.5);
}

function mirrored(values: Float64Array): Float64Array {
  return values.map((value) => -value).reverse();
}

/** Straight lines between points, as numpy's `interp`: of equal points the last starts the line; before all points the first value. */
function lines(xs: Float64Array, ys: Float64Array): Curve {
  const slopes = Array.from(xs, (x, i) => (x < xs[i + 1] ? (ys[i + 1] - ys[i]) / (xs[i + 1] - x) : 0));
  if (!slopes.every(Number.isFinite)) unsupported('a QuantileTransformer whose quantiles are next to each other');
  const [starts, values] = [Float64Array.of(xs[0], ...xs), Float64Array.of(ys[0], ...ys)];
  return (g, x) => {
    const line = g.reduceSum(g.cast(g.greaterOrEqual(x, xs), 'int64'));
    const at = (table: ArrayLike<number>) => g.gather(g.doubles(table), line, 0);
    return g.add(g.mul(at([0, ...slopes]), g.sub(x, at(starts))), at(values));
  };
}
