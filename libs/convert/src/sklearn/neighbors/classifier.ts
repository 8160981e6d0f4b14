import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { arrayOf, integersOf, type PyObject } from '../../pickle/index.js';
import { tooComplex, unreadable } from '../../trees/index.js';
import type { ModelConverter } from '../converter.js';
import { classFactsOf, inputsOf } from '../estimator/index.js';
import { neighborhoodOf, type Nearest } from './nearest.js';

const MAX_CELLS = 10_000_000;

/** The shares of the classes among the nearest points; the label is the largest share, the first of equal ones. */
export const neighborsClassifier: ModelConverter = (object, context) => {
  const facts = classFactsOf(object);
  const neighborhood = neighborhoodOf(object, context);
  const numbers = classNumbersOf(object, neighborhood.points.rows, facts.classes.length);
  const membership = membershipOf(numbers, facts.classes.length);
  return {
    inputs: inputsOf(object, neighborhood.points.columns),
    ...facts,
    apply: (g, x) => {
      const votes = votesOf(
        g,
        neighborhood.find(g, x, [Float64Array.from(numbers)]),
        g.doubles(membership, [membership.length / facts.classes.length, facts.classes.length]),
      );
      const probabilities = g.div(votes, g.reduceSum(votes));
      return { probabilities, label: g.argMax(probabilities) };
    },
  };
};

function votesOf(g: GraphBuilder, { indices, weights }: Nearest, membership: Value): Value {
  const classes = g.gather(membership, indices, 0);
  const weighted = weights ? g.mul(classes, g.unsqueeze(weights, 2)) : classes;
  return g.reduceSum(weighted, { axes: [1], keepDims: false });
}

function classNumbersOf(object: PyObject, points: number, classes: number): readonly number[] {
  const numbers = integersOf(arrayOf(object, '_y'));
  const fits = numbers.length === points && numbers.every((number) => number >= 0 && number < classes);
  if (!fits) unreadable('the classes of the neighbours do not fit them');
  return points * classes > MAX_CELLS ? tooComplex('neighbours of too many classes') : numbers;
}

/** 1 where a point is of a class, [points, classes]. */
function membershipOf(numbers: readonly number[], classes: number): Float64Array {
  const table = new Float64Array(numbers.length * classes);
  numbers.forEach((number, point) => (table[point * classes + number] = 1));
  return table;
}
