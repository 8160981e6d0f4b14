import type { ModelOutputs, EvaluatedOutputs } from '../../fitted-model.js';
import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { listOf, numberOf, type PyObject } from '../../pickle/index.js';
import { thresholdRows, TreeEnsembleBuilder, unreadable, type TreeEnsemble } from '../../trees/index.js';
import type { ModelConverter } from '../converter.js';
import { inputsOf, objectsOf } from '../estimator/index.js';
import { isOlderThan } from '../library-version.js';
import { refuseTooLargeForFloat32 } from '../unchecked-rows.js';
import { depthsOf, readTree, treeSource, type CheckableModel } from '../tree/index.js';
import { columnNumbers } from './bagging.js';

const EULER_GAMMA = 0.577_215_664_901_532_9;

// The offset is the score of a row of training, which numpy may have rounded in another way.
const ROUNDING = 4 * Number.EPSILON;

/** Scores by the mean length of the paths that isolate a row. */
export const isolationForest: ModelConverter = (object) => new IsolationForest(object);

class IsolationForest implements CheckableModel {
  readonly task = 'outlier';
  readonly targets = 1;
  readonly takesMissing: boolean;
  readonly #paths: TreeEnsemble;
  readonly #scale: number;
  readonly #offset: number;

  constructor(object: PyObject) {
    const trees = objectsOf(object, 'estimators_');
    this.#paths = pathLengths(object, trees);
    const samples = numberOf(object, typeof object.get('_max_samples') === 'number' ? '_max_samples' : 'max_samples_');
    this.#scale = trees.length * averagePathLength(samples);
    if (!(this.#scale > 0)) unreadable('an isolation forest that was fitted on one row');
    this.#offset = numberOf(object, 'offset_');
    this.takesMissing = !isOlderThan(object, '1.6');
  }

  get inputs(): number {
    return this.#paths.arrays.inputs;
  }

  apply(g: GraphBuilder, x: Value): ModelOutputs {
    // Since it takes missing values, it looks at none.
    if (!this.takesMissing) refuseTooLargeForFloat32(g, x);
    const depth = this.#paths.toOnnx(g, x);
    const score = g.neg(g.pow(2, g.neg(g.div(depth, this.#scale))));
    const decision = g.sub(score, this.#offset);
    const isInlier = g.squeeze(g.greaterOrEqual(decision, -ROUNDING), 1);
    return { score, decision, label: g.where(isInlier, g.int64s([1]), g.int64s([-1])) };
  }

  evaluate(rows: Float64Array, count: number): EvaluatedOutputs {
    const score = this.#paths.evaluate(rows, count, this.inputs).map((depth) => -(2 ** -(depth / this.#scale)));
    return { score, decision: score.map((value) => value - this.#offset) };
  }

  checkRows(count: number, seed = 1): Float64Array {
    return thresholdRows(this.#paths, { count, seed, nullable: this.takesMissing });
  }
}

/** The sum over all trees of the length of a row's path, and of what its leaf did not split any further. */
function pathLengths(object: PyObject, estimators: readonly PyObject[]): TreeEnsemble {
  const inputs = inputsOf(object);
  const features = listOf(object, 'estimators_features_');
  if (features.length !== estimators.length) unreadable('an isolation forest whose trees and features disagree');
  const builder = new TreeEnsembleBuilder({ inputs, inputPrecision: 'float32' });
  estimators.forEach((estimator, i) => {
    const tree = readTree(estimator);
    const depths = depthsOf(tree);
    const lengthOf = (node: number) => [depths[node] + 1 + averagePathLength(tree.samples[node]) - 1];
    builder.addTree(treeSource(tree, lengthOf, columnNumbers(features[i], inputsOf(estimator), inputs)));
  });
  return builder.build();
}

/** The mean length of a path that isolates one of so many rows by random splits. */
function averagePathLength(samples: number): number {
  if (samples <= 1) return 0;
  return samples === 2 ? 1 : 2 * (Math.log(samples - 1) + EULER_GAMMA) - (2 * (samples - 1)) / samples;
}
