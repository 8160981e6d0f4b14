import type { ModelOutputs } from '../../fitted-model.js';
import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import {
  className,
  integersOf,
  arrayOf,
  optionalBooleanOf,
  optionalTextOf,
  type PyObject,
} from '../../pickle/index.js';
import { tooComplex, unreadable, unsupported } from '../../trees/index.js';
import type { ModelConverter } from '../converter.js';
import { classFactsOf, inputsOf } from '../estimator/index.js';
import { matrixOf, vectorOf } from '../fitted-numbers.js';
import { kernelOf, supportVectorsOf } from './kernel.js';
import { decisionOfPairs, pairsOf, votesOf } from './pairs.js';
import { plattOf, probabilitiesOf } from './platt.js';

const MAX_CLASSES = 100;
const USE_OVR = "Set decision_function_shape='ovr': it changes no label";

/** SVC and NuSVC: one machine for each pair of classes, which vote. */
export const supportVectorClassifier: ModelConverter = (object) => {
  const facts = classFactsOf(object);
  const count = facts.classes.length;
  if (count > MAX_CLASSES) tooComplex(`${className(object)} has more than ${MAX_CLASSES} classes`);
  const vectors = supportVectorsOf(object);
  const kernel = kernelOf(object, vectors);
  const weights = weightsOfPairs(object, count, vectors.rows);
  const intercepts = vectorOf(object, '_intercept_', pairsOf(count).length);
  const platt = plattOf(object, pairsOf(count).length);
  const isRanked = optionalBooleanOf(object, 'break_ties') ?? false;
  const isPairwise = (optionalTextOf(object, 'decision_function_shape') ?? 'ovr') === 'ovo';
  if (isPairwise && count > 2 && !platt) unsupported(`${className(object)} with decisions of pairs (ovo)`, USE_OVR);
  return {
    inputs: inputsOf(object, vectors.columns),
    ...facts,
    apply: (g, x) => {
      const dims = [vectors.rows, intercepts.length];
      const pairs = g.add(g.matMul(kernel(g, x), g.doubles(weights, dims)), intercepts);
      const outputs = count === 2 ? ofTwoClasses(g, pairs) : ofClasses(g, pairs, { count, isRanked, isPairwise });
      return platt ? { ...outputs, probabilities: probabilitiesOf(g, pairs, { platt, classes: count }) } : outputs;
    },
  };
};

/** libsvm decides for the first class where its value is positive; scikit-learn turns the sign of its decision. */
function ofTwoClasses(g: GraphBuilder, pair: Value): ModelOutputs {
  return { decision: g.neg(pair), label: g.squeeze(g.cast(g.not(g.greater(pair, 0)), 'int64'), 1) };
}

interface Rules {
  readonly count: number;
  /** Whether the decision breaks ties between votes; else the first of the classes wins. */
  readonly isRanked: boolean;
  /** Whether the library's decision is one value a pair, which no class can be given. */
  readonly isPairwise: boolean;
}

function ofClasses(g: GraphBuilder, pairs: Value, { count, isRanked, isPairwise }: Rules): ModelOutputs {
  const votes = votesOf(g, g.cast(g.not(g.greater(pairs, 0)), 'double'), count);
  if (isPairwise) return { label: g.argMax(votes) };
  // The decision counts a value of exactly 0 for the first class, the label for the second.
  const counted = votesOf(g, g.cast(g.less(pairs, 0), 'double'), count);
  const decision = decisionOfPairs(g, counted, g.neg(pairs), count);
  return { decision, label: g.argMax(isRanked ? decision : votes) };
}

/** The weights [vectors, pairs]: those of a class's vectors against each other class stand in rows of their own. */
function weightsOfPairs(object: PyObject, classes: number, vectors: number): Float64Array {
  const { rows, columns, data } = matrixOf(object, '_dual_coef_');
  const counts = integersOf(arrayOf(object, object.get('_n_support') === undefined ? 'n_support_' : '_n_support'));
  const total = counts.reduce((a, b) => a + b, 0);
  const fits = rows === classes - 1 && columns === vectors && counts.length === classes && total === vectors;
  if (!fits || counts.some((size) => size < 0)) unreadable(`the weights of ${className(object)} do not fit`);
  const owners = counts.flatMap((size, owner) => Array.from({ length: size }, () => owner));
  const pairs = pairsOf(classes);
  return Float64Array.from({ length: vectors * pairs.length }, (_, i) => {
    const vector = Math.floor(i / pairs.length);
    const { first, second } = pairs[i % pairs.length];
    if (owners[vector] === first) return data[(second - 1) * vectors + vector];
    return owners[vector] === second ? data[first * vectors + vector] : 0;
  });
}
