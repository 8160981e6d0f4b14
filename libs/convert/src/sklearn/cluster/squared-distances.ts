import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import type { Matrix } from '../fitted-numbers.js';

/** The squared Euclidean distance of each row to each of some points, [N, points]; x - y is not expanded, which would cancel. */
export function squaredDistances(g: GraphBuilder, x: Value, points: Matrix): Value {
  const { rows, columns, data } = points;
  const difference = g.sub(g.unsqueeze(x, 1), g.doubles(data, [1, rows, columns]));
  return g.reduceSum(g.mul(difference, difference), { axes: [2], keepDims: false });
}
