import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import type { PyObject } from '../../pickle/index.js';
import { unreadable } from '../../trees/index.js';
import type { ModelConverter } from '../converter.js';
import { inputsOf } from '../estimator/index.js';
import { matrixOf, type Matrix } from '../fitted-numbers.js';
import { neighborhoodOf, type Nearest } from './nearest.js';

/** The mean of what the nearest points were trained on, by distance where it is weighted. */
export const neighborsRegressor: ModelConverter = (object, context) => {
  const neighborhood = neighborhoodOf(object, context);
  const targets = targetsOf(object, neighborhood.points.rows);
  const answers = columnsOf(targets);
  return {
    inputs: inputsOf(object, neighborhood.points.columns),
    task: 'regression',
    targets: targets.columns,
    apply: (g, x) => ({
      score: meanOf(g, neighborhood.find(g, x, answers), { targets, count: neighborhood.count }),
    }),
  };
};

function meanOf(
  g: GraphBuilder,
  { indices, weights }: Nearest,
  { targets, count }: { readonly targets: Matrix; readonly count: number },
): Value {
  const values = g.gather(g.doubles(targets.data, [targets.rows, targets.columns]), indices, 0);
  const over = { axes: [1], keepDims: false };
  if (!weights) return g.div(g.reduceSum(values, over), count);
  return g.div(g.reduceSum(g.mul(values, g.unsqueeze(weights, 2)), over), g.reduceSum(weights));
}

/** The targets of the points, one row a point: an array of one dimension is one target. */
function targetsOf(object: PyObject, points: number): Matrix {
  const { rows, columns, data } = matrixOf(object, '_y');
  const matrix = rows === 1 && columns === points ? { rows: points, columns: 1, data } : { rows, columns, data };
  return matrix.rows === points ? matrix : unreadable('the targets of the neighbours do not fit them');
}

function columnsOf({ rows, columns, data }: Matrix): Float64Array[] {
  return Array.from({ length: columns }, (_, column) =>
    Float64Array.from({ length: rows }, (_unused, row) => data[row * columns + column]),
  );
}
