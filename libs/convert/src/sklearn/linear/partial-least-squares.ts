import { className, type PyObject } from '../../pickle/index.js';
import { unreadable } from '../../trees/index.js';
import type { TableModel } from '../converter.js';
import { matrixOf, vectorOf, type Matrix } from '../fitted-numbers.js';

/** Scaled columns, turned onto a few directions, and from those to the targets. */
export function convertPlsRegression(object: PyObject): TableModel {
  const rotations = matrixOf(object, 'x_rotations_');
  const loadings = matrixOf(object, 'y_loadings_');
  if (rotations.columns !== loadings.columns)
    unreadable(`the parameters of ${className(object)} do not fit each other`);
  const [inputs, targets] = [rotations.rows, loadings.rows];
  const [mean, scale] = [vectorOf(object, '_x_mean', inputs), vectorOf(object, '_x_std', inputs)];
  const [targetMean, targetScale] = [vectorOf(object, '_y_mean', targets), vectorOf(object, '_y_std', targets)];
  // Not from coef_: what it is scaled by, and which way round it stands, changed in 1.1, 1.3 and 1.5.
  const weights = weightsOf(rotations, loadings, targetScale);
  return {
    inputs,
    task: 'regression',
    targets,
    apply: (g, x) => {
      const scaled = g.div(g.sub(x, mean), scale);
      return { score: g.add(g.matMul(scaled, g.doubles(weights, [inputs, targets])), targetMean) };
    },
  };
}

/** rotations · loadings, turned, with each target in its own scale; [inputs, targets]. */
function weightsOf(rotations: Matrix, loadings: Matrix, scale: Float64Array): Float64Array {
  const { columns } = rotations;
  const targets = loadings.rows;
  return Float64Array.from({ length: rotations.rows * targets }, (_, i) => {
    const [input, target] = [Math.floor(i / targets), i % targets];
    const row = rotations.data.subarray(input * columns, (input + 1) * columns);
    return row.reduce((sum, value, k) => sum + value * loadings.data[target * columns + k], 0) * scale[target];
  });
}
