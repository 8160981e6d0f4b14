import type { GraphBuilder, Value } from '../onnx-writer/index.js';
import { evaluateLeafNumbers, tooComplex, unreadable, unsupported, type TreeEnsemble } from '../trees/index.js';

const MAX_CELLS = 10_000_000;

/** A leaf with a linear model: constant + sum of coefficient * feature, or `value` where one of these features is missing. */
export interface LinearLeaf {
  readonly value: number;
  readonly constant: number;
  readonly features: readonly number[];
  readonly coefficients: readonly number[];
}

/** The leaves of an ensemble trained with `linear_tree`, as tables of one row a leaf. */
export class LinearLeaves {
  readonly #slots: number;

  constructor(
    private readonly ensemble: TreeEnsemble,
    private readonly leaves: readonly LinearLeaf[],
  ) {
    leaves.forEach((leaf) => checkLeaf(leaf, ensemble));
    this.#slots = leaves.reduce((most, { features }) => Math.max(most, features.length), 1);
    const cells = leaves.length * this.#slots;
    if (cells > MAX_CELLS) tooComplex('the linear leaves of the LightGBM model have too many terms');
  }

  /** The sums [N, targets]: `x` as the caller gives it, `prepared` as the splits read it. */
  toOnnx(g: GraphBuilder, x: Value, prepared: Value): Value {
    const leaf = this.ensemble.leafNumbers(g, prepared);
    const column = (pick: (leaf: LinearLeaf) => number) => g.gather(g.doubles(this.leaves.map(pick)), leaf, 0);
    const { terms, isMissing } = this.#terms(g, x, leaf);
    const constants = column(({ constant }) => constant);
    const values = column(({ value }) => value);
    const linear = g.add(constants, g.reduceSum(terms, { axes: [2], keepDims: false }));
    return this.#sumPerTarget(g, g.where(isMissing, values, linear));
  }

  /** The same on numbers, [count, targets]. */
  evaluate(rows: Float64Array, prepared: Float64Array, count: number): Float64Array {
    const { inputs, targets, treeTargets } = this.ensemble.arrays;
    const numbers = evaluateLeafNumbers(this.ensemble.arrays, prepared, { count, inputs });
    const sums = new Float64Array(count * targets);
    numbers.forEach((leaf, i) => {
      const row = Math.floor(i / treeTargets.length);
      const values = rows.subarray(row * inputs, (row + 1) * inputs);
      sums[row * targets + treeTargets[i % treeTargets.length]] += valueOf(this.leaves[leaf], values);
    });
    return sums;
  }

  /** coefficient * feature of each row, tree and slot; and whether one of a leaf's features is missing, [N, trees]. */
  #terms(g: GraphBuilder, x: Value, leaf: Value): { terms: Value; isMissing: Value } {
    const perTree = [0, this.ensemble.treeCount, this.#slots];
    const features = g.gather(this.#featureTable(g), leaf, 0);
    const flat = g.reshape(features, [0, perTree[1] * perTree[2]]);
    const values = g.reshape(g.op('GatherElements', [x, flat], { axis: 1 }), perTree);
    const coefficients = g.gather(
      this.#table(g, ({ coefficients: list }, slot) => list[slot] ?? 0),
      leaf,
      0,
    );
    const isUsed = g.cast(
      g.gather(
        this.#table(g, ({ features: list }, slot) => Number(slot < list.length)),
        leaf,
        0,
      ),
      'bool',
    );
    const missing = g.cast(g.and(isUsed, g.isNaN(values)), 'double');
    return {
      terms: g.where(isUsed, g.mul(coefficients, values), 0),
      isMissing: g.greater(g.reduceMax(missing, { axes: [2], keepDims: false }), 0),
    };
  }

  #sumPerTarget(g: GraphBuilder, perTree: Value): Value {
    const { targets } = this.ensemble.arrays;
    const perIteration = g.reshape(perTree, [0, this.ensemble.treeCount / targets, targets]);
    return g.reduceSum(perIteration, { axes: [1], keepDims: false });
  }

  #table(g: GraphBuilder, cell: (leaf: LinearLeaf, slot: number) => number): Value {
    return g.doubles(this.#cells(cell), [this.leaves.length, this.#slots]);
  }

  #featureTable(g: GraphBuilder): Value {
    return g.int64s(
      this.#cells(({ features }, slot) => features[slot] ?? 0),
      [this.leaves.length, this.#slots],
    );
  }

  #cells(cell: (leaf: LinearLeaf, slot: number) => number): number[] {
    return this.leaves.flatMap((leaf) => Array.from({ length: this.#slots }, (_, slot) => cell(leaf, slot)));
  }
}

function checkLeaf({ constant, features, coefficients }: LinearLeaf, { arrays }: TreeEnsemble): void {
  if (arrays.aggregate === 'mean') unsupported('a LightGBM random forest of linear trees');
  const isFeature = (feature: number) => Number.isInteger(feature) && feature >= 0 && feature < arrays.inputs;
  if (features.every(isFeature) && Number.isFinite(constant) && coefficients.every(Number.isFinite)) return;
  unreadable('a linear leaf of the LightGBM model has a false feature or coefficient');
}

function valueOf({ value, constant, features, coefficients }: LinearLeaf, row: Float64Array): number {
  if (features.some((feature) => Number.isNaN(row[feature]))) return value;
  return features.reduce((sum, feature, i) => sum + coefficients[i] * row[feature], constant);
}
