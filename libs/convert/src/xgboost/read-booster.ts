import type { GraphBuilder, Value } from '../onnx-writer/index.js';
import {
  seededRandom,
  thresholdRows,
  tooComplex,
  TreeEnsembleBuilder,
  unreadable,
  unsupported,
} from '../trees/index.js';
import type { TreeEnsemble } from '../trees/index.js';
import { countOf, listOf, membersOf, numbersOf, type Members, type Part } from './document.js';
import { readTree } from './read-tree.js';

/** As many trees are read. */
export const MAX_TREES = 100_000;

/** What a booster adds to the base score: [N, width] of X as float32 numbers in double, NaN where missing. */
export interface Booster {
  /** Features that a split reads as a category. */
  readonly categorical: ReadonlySet<number>;
  toOnnx(g: GraphBuilder, x: Value): Value;
  evaluate(rows: Float64Array, count: number): Float64Array;
  checkRows(count: number, seed: number): Float64Array;
}

/** The size of a booster, and how many of its iterations predict (all of them where not given). */
export interface BoosterShape {
  readonly inputs: number;
  readonly width: number;
  readonly iterations?: number;
  /** Trees of one output in one iteration, where the booster does not say it itself (1.5). */
  readonly parallelTrees: number;
}

/** Reads gbtree, dart or gblinear. */
export function readBooster(booster: Members, shape: BoosterShape): Booster {
  const name = booster.get('name');
  if (name === 'gblinear') return new LinearBooster(membersOf(booster, 'model'), shape);
  if (name === 'dart')
    return new TreeBooster(membersOf(membersOf(booster, 'gbtree'), 'model'), shape, numbersOf(booster, 'weight_drop'));
  if (name === 'gbtree') return new TreeBooster(membersOf(booster, 'model'), shape);
  return unsupported(
    `an XGBoost booster of the kind ${typeof name === 'string' ? JSON.stringify(name.slice(0, 40)) : 'none'}`,
  );
}

class TreeBooster implements Booster {
  readonly categorical: ReadonlySet<number>;
  readonly #ensemble: TreeEnsemble;

  constructor(model: Members, shape: BoosterShape, weights?: Float64Array) {
    const { inputs, width } = shape;
    const trees = listOf(model, 'trees').map(asTree);
    if (trees.length === 0) unreadable('the XGBoost model has no trees');
    if (trees.length > MAX_TREES) tooComplex(`the XGBoost model has more than ${MAX_TREES} trees`);
    if (weights && weights.length !== trees.length) unreadable('the XGBoost model has not one DART weight a tree');
    const targets = numbersOf(model, 'tree_info', trees.length);
    const used = treesOf(model, trees.length, shape);
    const builder = new TreeEnsembleBuilder({ inputs, targets: width, inputPrecision: 'float32' });
    trees.slice(0, used).forEach((tree, i) => builder.addTree(readTree(tree, weights?.[i] ?? 1), targets[i]));
    this.#ensemble = builder.build();
    this.categorical = categoricalFeatures(this.#ensemble);
  }

  toOnnx(g: GraphBuilder, x: Value): Value {
    return this.#ensemble.toOnnx(g, x);
  }

  evaluate(rows: Float64Array, count: number): Float64Array {
    return this.#ensemble.evaluate(rows, count, this.#ensemble.arrays.inputs);
  }

  checkRows(count: number, seed: number): Float64Array {
    return thresholdRows(this.#ensemble, { count, seed });
  }
}

class LinearBooster implements Booster {
  readonly categorical: ReadonlySet<number> = new Set();
  readonly #weights: Float64Array;
  readonly #bias: Float64Array;

  constructor(
    model: Members,
    private readonly shape: BoosterShape,
  ) {
    const { inputs, width } = shape;
    const all = numbersOf(model, 'weights', (inputs + 1) * width).map(Math.fround);
    if (!all.every(Number.isFinite)) unreadable('a weight of the XGBoost model is not finite');
    this.#weights = all.slice(0, inputs * width);
    this.#bias = all.slice(inputs * width);
  }

  /** A missing value adds nothing. */
  toOnnx(g: GraphBuilder, x: Value): Value {
    const { inputs, width } = this.shape;
    const present = g.where(g.isNaN(x), 0, x);
    return g.add(g.matMul(present, g.doubles(this.#weights, [inputs, width])), this.#bias);
  }

  evaluate(rows: Float64Array, count: number): Float64Array {
    const { inputs, width } = this.shape;
    const term = (row: number, output: number, input: number) => {
      const value = rows[row * inputs + input];
      return Number.isNaN(value) ? 0 : value * this.#weights[input * width + output];
    };
    return Float64Array.from({ length: count * width }, (_, i) => {
      const [row, output] = [Math.floor(i / width), i % width];
      let sum = this.#bias[output];
      for (let input = 0; input < inputs; input++) sum += term(row, output, input);
      return sum;
    });
  }

  checkRows(count: number, seed: number): Float64Array {
    const random = seededRandom(seed);
    return new Float64Array(count * this.shape.inputs).map(() => (random() < 0.05 ? NaN : random() * 4 - 2));
  }
}

function asTree(part: Part): Members {
  return part instanceof Map ? part : unreadable('a tree of the XGBoost model is not an object');
}

/** Trees of the first iterations: an iteration is one tree an output, times `num_parallel_tree`. */
function treesOf(model: Members, count: number, { width, iterations, parallelTrees }: BoosterShape): number {
  if (iterations === undefined) return count;
  const parameters = membersOf(model, 'gbtree_model_param');
  const parallel = countOf(parameters, 'num_parallel_tree', [parallelTrees, MAX_TREES]);
  return Math.min(count, iterations * width * parallel);
}

function categoricalFeatures({ arrays }: TreeEnsemble): ReadonlySet<number> {
  return new Set(Array.from(arrays.members.keys(), (node) => arrays.features[node]));
}
