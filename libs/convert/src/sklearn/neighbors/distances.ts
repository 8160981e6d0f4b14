import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { className, numberOf, PyDict, textOf, type PyObject } from '../../pickle/index.js';
import { unsupported } from '../../trees/index.js';
import type { Matrix } from '../fitted-numbers.js';

/** A distance as sums over columns: of one column's difference, how sums are joined, and the distance of the whole. */
export interface Metric {
  readonly term: (g: GraphBuilder, difference: Value) => Value;
  readonly join: (g: GraphBuilder, sum: Value, term: Value) => Value;
  readonly finish: (g: GraphBuilder, sum: Value) => Value;
}

const plus: Metric['join'] = (g, sum, term) => g.add(sum, term);
const same: Metric['finish'] = (_, sum) => sum;

const EUCLIDEAN: Metric = { term: (g, d) => g.mul(d, d), join: plus, finish: (g, sum) => g.sqrt(sum) };
const MANHATTAN: Metric = { term: (g, d) => g.abs(d), join: plus, finish: same };
const CHEBYSHEV: Metric = { term: (g, d) => g.abs(d), join: (g, a, b) => g.max(a, b), finish: same };

const minkowski = (p: number): Metric => ({
  term: (g, d) => g.pow(g.abs(d), p),
  join: plus,
  finish: (g, sum) => g.pow(sum, 1 / p),
});

/** The metric that a model of neighbours was fitted with. */
export function metricOf(object: PyObject): Metric {
  const name = textOf(object, 'effective_metric_');
  if (name === 'minkowski') return minkowskiOf(object);
  return metricByName(name) ?? unsupported(`${className(object)} with the metric ${name}`);
}

/** A metric without parameters. */
export function metricByName(name: string): Metric | undefined {
  if (name === 'euclidean' || name === 'l2') return EUCLIDEAN;
  if (name === 'manhattan' || name === 'cityblock' || name === 'l1') return MANHATTAN;
  return name === 'chebyshev' ? CHEBYSHEV : undefined;
}

function minkowskiOf(object: PyObject): Metric {
  const parameters = object.get('effective_metric_params_');
  const given = parameters instanceof PyDict ? parameters : new PyDict();
  if ((given.get('w') ?? null) !== null) unsupported(`${className(object)} with weighted columns`);
  const inner = given.get('p');
  const p = typeof inner === 'number' ? inner : numberOf(object, 'p');
  if (p === 1) return MANHATTAN;
  return p === 2 ? EUCLIDEAN : minkowski(p);
}

/** The distances of each row to each point, [N, points]: column by column, so that memory does not grow with the columns. */
export function distancesTo(g: GraphBuilder, x: Value, points: Matrix, metric: Metric): Value {
  const { rows, columns, data } = points;
  const terms = Array.from({ length: columns }, (_, column) => {
    const values = Float64Array.from({ length: rows }, (_unused, row) => data[row * columns + column]);
    return metric.term(g, g.sub(g.gather(x, [column]), g.doubles(values, [1, rows])));
  });
  return metric.finish(
    g,
    terms.reduce((sum, term) => metric.join(g, sum, term)),
  );
}
