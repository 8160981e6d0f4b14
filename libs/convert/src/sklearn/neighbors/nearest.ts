import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { className, integerOf, type PyObject } from '../../pickle/index.js';
import { tooComplex, unreadable, unsupported } from '../../trees/index.js';
import type { ConversionContext } from '../converter.js';
import { matrixOf, type Matrix } from '../fitted-numbers.js';
import { distancesTo, metricOf } from './distances.js';
import { refuseTies } from './ties.js';

const MAX_POINTS = 50_000;
const MAX_CELLS = 5_000_000;
const MAX_COLUMNS = 2_000;
// Which of them it keeps depends on the order in which its search tree and heap meet them: see the README.
const EQUAL_DISTANCES =
  'A row is refused where its answer hangs on which of several equally far training rows are counted as neighbours.';

/** The nearest points of each row by number, [N, k], and what each of them weighs; without weights all weigh the same. */
export interface Nearest {
  readonly indices: Value;
  readonly weights: Value | undefined;
}

/** What the neighbours of rows are looked for among. */
export interface Neighborhood {
  readonly points: Matrix;
  readonly count: number;
  /** `answers` are what the points were trained on, one list a target. */
  find(g: GraphBuilder, x: Value, answers: readonly Float64Array[]): Nearest;
}

export function neighborhoodOf(object: PyObject, context: ConversionContext): Neighborhood {
  context.warn(EQUAL_DISTANCES);
  const points = pointsOf(object);
  const count = integerOf(object, 'n_neighbors');
  if (count < 1 || count > points.rows) unreadable(`${className(object)} of ${count} among ${points.rows} neighbours`);
  const metric = metricOf(object);
  const isWeighted = isByDistance(object);
  return {
    points,
    count,
    find: (g, x, answers) => {
      const distances = distancesTo(g, x, points, metric);
      const { values, indices } = g.topK(distances, Math.min(count + 1, points.rows), { largest: false });
      if (count < points.rows) {
        refuseTies(g, { distances, last: g.gather(values, [count - 1]), next: g.gather(values, [count]) }, answers);
      }
      return {
        indices: g.slice(indices, 0, count),
        weights: isWeighted ? inverseDistances(g, g.slice(values, 0, count)) : undefined,
      };
    },
  };
}

function pointsOf(object: PyObject): Matrix {
  const points = matrixOf(object, '_fit_X');
  const isHuge = points.rows > MAX_POINTS || points.columns > MAX_COLUMNS || points.data.length > MAX_CELLS;
  if (isHuge) tooComplex(`${className(object)} keeps ${points.rows} rows of training data`, 'Fit it to fewer rows');
  return points;
}

function isByDistance(object: PyObject): boolean {
  const weights = object.get('weights') ?? 'uniform';
  if (weights === 'uniform' || weights === 'distance') return weights === 'distance';
  return unsupported(`${className(object)} with weights of its own`);
}

/** 1 / distance; where a neighbour is the row itself, 1 for such and 0 for all others. */
function inverseDistances(g: GraphBuilder, distances: Value): Value {
  const isSame = g.cast(g.equal(distances, 0), 'double');
  const hasSame = g.greater(g.reduceMax(isSame), 0);
  return g.where(hasSame, isSame, g.div(1, distances));
}
