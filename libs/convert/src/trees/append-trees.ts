import { doubleTensor, uint8Tensor, type Attributes, type GraphBuilder, type Value } from '../onnx-writer/index.js';
import type { TreeArrays } from './tree-ensemble.js';
import { SplitMode } from './tree-node.js';

const SUM = 1;
const NO_TRANSFORM = 0;

/** What the leaves of a TreeEnsemble operator add, and to which of its sums. */
interface LeafContent {
  readonly weights: Float64Array;
  readonly targets: Int32Array;
  readonly targetCount: number;
}

/** Adds the trees to a graph: the result [N, targets or weightsPerLeaf] of X [N, inputs]. */
export function appendTrees(g: GraphBuilder, trees: TreeArrays, x: Value): Value {
  if (trees.weightsPerLeaf > 1) return appendTable(g, trees, x);
  const targets = trees.leafTrees.map((tree) => trees.treeTargets[tree]);
  const sums = operator(g, trees, x, { weights: trees.leafWeights, targets, targetCount: trees.targets });
  return trees.aggregate === 'mean' ? g.div(sums, trees.roots.length / trees.targets) : sums;
}

/** Adds the trees to a graph: the number of each tree's leaf, int64 [N, trees]. */
export function appendLeafNumbers(g: GraphBuilder, trees: TreeArrays, x: Value): Value {
  const weights = Float64Array.from(trees.leafTrees, (_, leaf) => leaf);
  const leaves = operator(g, trees, x, { weights, targets: trees.leafTrees, targetCount: trees.roots.length });
  return g.cast(leaves, 'int64');
}

// The operator has one weight a leaf; copies of the trees, one a weight, were measured at twice the time of this table.
function appendTable(g: GraphBuilder, trees: TreeArrays, x: Value): Value {
  const { leafWeights, leafTrees, weightsPerLeaf, aggregate } = trees;
  const table = g.doubles(leafWeights, [leafTrees.length, weightsPerLeaf]);
  const perTree = g.gather(table, appendLeafNumbers(g, trees, x), 0);
  const over = { axes: [1], keepDims: false };
  return aggregate === 'mean' ? g.reduceMean(perTree, over) : g.reduceSum(perTree, over);
}

function operator(g: GraphBuilder, trees: TreeArrays, x: Value, leaves: LeafContent): Value {
  const prepared = trees.inputPrecision === 'float32' ? g.roundToFloat32(x) : x;
  return g.mlOp('TreeEnsemble', [prepared], {
    ...splitAttributes(trees),
    ...membership(trees),
    leaf_targetids: leaves.targets,
    leaf_weights: doubleTensor(leaves.weights, [leaves.weights.length]),
    n_targets: leaves.targetCount,
    aggregate_function: SUM,
    post_transform: NO_TRANSFORM,
  });
}

function splitAttributes(trees: TreeArrays): Attributes {
  const { leafRoots, tree_roots } = rootAttributes(trees);
  const whenTrue = joined(trees.whenTrue, leafRoots);
  const whenFalse = joined(trees.whenFalse, leafRoots);
  const length = whenTrue.length;
  return {
    tree_roots,
    nodes_featureids: padded(trees.features, length),
    nodes_splits: doubleTensor(padded(trees.thresholds, length), [length]),
    nodes_modes: uint8Tensor(padded(trees.modes, length)),
    nodes_missing_value_tracks_true: padded(trees.missingIsTrue, length),
    nodes_truenodeids: whenTrue.map(indexOf),
    nodes_trueleafs: whenTrue.map(isLeafNumber),
    nodes_falsenodeids: whenFalse.map(indexOf),
    nodes_falseleafs: whenFalse.map(isLeafNumber),
  };
}

/** A root of the operator is a node: a tree of one leaf becomes a node behind the others, of which both children are that leaf. */
function rootAttributes({ roots, features }: TreeArrays): { leafRoots: Int32Array; tree_roots: Int32Array } {
  const leafRoots = roots.filter((root) => root < 0);
  let next = features.length;
  return { leafRoots, tree_roots: roots.map((root) => (root < 0 ? next++ : root)) };
}

function membership({ modes, members }: TreeArrays): Attributes {
  const values: number[] = [];
  modes.forEach((mode, node) => {
    if (mode !== SplitMode.member) return;
    for (const member of members.get(node) ?? []) values.push(member);
    values.push(NaN);
  });
  return values.length === 0 ? {} : { membership_values: doubleTensor(values, [values.length]) };
}

function joined(first: Int32Array, second: Int32Array): Int32Array {
  const all = new Int32Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

function padded<T extends Int32Array | Float64Array | Uint8Array>(numbers: T, length: number): T {
  const all = new (numbers.constructor as new (length: number) => T)(length);
  all.set(numbers);
  return all;
}

const indexOf = (child: number) => (child < 0 ? ~child : child);
const isLeafNumber = (child: number) => Number(child < 0);
