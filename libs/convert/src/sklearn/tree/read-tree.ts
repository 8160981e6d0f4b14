import {
  arrayOf,
  className,
  doublesOf,
  hasField,
  integersOf,
  integerOf,
  objectOf,
  structuredField,
  type NdArray,
  type PyObject,
} from '../../pickle/index.js';
import { SplitMode, unreadable, unsupported, type TreeSource } from '../../trees/index.js';
import { isOlderThan } from '../library-version.js';

const TREE = 'sklearn.tree._tree.Tree';
const NO_CHILD = -1;

/** The arrays of a fitted tree, one entry a node. */
export interface SklearnTree {
  readonly nodeCount: number;
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly features: readonly number[];
  readonly thresholds: Float64Array;
  readonly missingGoLeft: readonly number[] | undefined;
  readonly samples: readonly number[];
  /** `valuesPerNode` numbers a node. */
  readonly values: Float64Array;
  /** Outputs of the tree, and values of each: classes of a classifier, 1 of a regressor. */
  readonly outputs: number;
  readonly valuesPerOutput: number;
  /** Since 1.4 the values of a classifier are shares; before, (weighted) counts. */
  readonly hasShares: boolean;
}

/** Reads the `tree_` of a decision tree; what its children point at is checked when the ensemble is built. */
export function readTree(estimator: PyObject): SklearnTree {
  const tree = objectOf(estimator, 'tree_');
  if (className(tree) !== TREE) unsupported(`tree_ of ${className(estimator)} is ${className(tree)}`);
  const nodes = arrayOf(tree, 'nodes');
  const values = arrayOf(tree, 'values');
  checkShapes(nodes, values, integerOf(tree, 'node_count'));
  const field = (name: string) => integersOf(structuredField(nodes, name));
  const canRouteMissing = hasField(nodes, 'missing_go_to_left');
  return {
    nodeCount: nodes.size,
    left: field('left_child'),
    right: field('right_child'),
    features: field('feature'),
    thresholds: doublesOf(structuredField(nodes, 'threshold')),
    missingGoLeft: canRouteMissing ? field('missing_go_to_left') : undefined,
    samples: field('n_node_samples'),
    values: doublesOf(values),
    outputs: values.shape[1],
    valuesPerOutput: values.shape[2],
    hasShares: !isOlderThan(estimator, '1.4'),
  };
}

/** The tree as the ensemble builder takes it, with leaves of one's own making; `columns` maps its features to columns of X. */
export function treeSource(
  tree: SklearnTree,
  weightsOf: (node: number) => ArrayLike<number>,
  columns?: readonly number[],
): TreeSource {
  return {
    nodeCount: tree.nodeCount,
    node: (index) => (isEnd(tree, index) ? { weights: weightsOf(index) } : splitOf(tree, index, columns)),
  };
}

/** The depth of each node, 0 at the root; NaN for nodes that no path reaches. */
export function depthsOf(tree: SklearnTree): Float64Array {
  const depths = new Float64Array(tree.nodeCount).fill(NaN);
  depths[0] = 0;
  const open = [0];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const child of isEnd(tree, node) ? [] : [tree.left[node], tree.right[node]]) {
      if (!(child >= 0 && child < tree.nodeCount) || !Number.isNaN(depths[child])) unreadable('a tree that is no tree');
      depths[child] = depths[node] + 1;
      open.push(child);
    }
  }
  return depths;
}

function isEnd({ left, right }: SklearnTree, node: number): boolean {
  return left[node] === NO_CHILD && right[node] === NO_CHILD;
}

function splitOf(tree: SklearnTree, node: number, columns: readonly number[] | undefined) {
  const feature = tree.features[node];
  return {
    feature: columns ? (columns[feature] ?? -1) : feature,
    mode: SplitMode.lessOrEqual,
    threshold: tree.thresholds[node],
    missingIsTrue: tree.missingGoLeft?.[node] === 1,
    whenTrue: tree.left[node],
    whenFalse: tree.right[node],
  };
}

function checkShapes(nodes: NdArray, values: NdArray, count: number): void {
  const fits = nodes.shape.length === 1 && values.shape.length === 3 && values.shape[0] === nodes.size;
  if (!fits || nodes.size === 0 || count !== nodes.size) unreadable('the arrays of a decision tree disagree');
}
