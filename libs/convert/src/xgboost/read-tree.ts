import { SplitMode, unreadable, unsupported, type Leaf, type Split, type TreeSource } from '../trees/index.js';
import { countOf, membersOf, numbersOf, type Members } from './document.js';

const MAX_TREE_NODES = 2 ** 26;
const NO_CHILD = -1;
const NUMERICAL = 0;
const CATEGORICAL = 1;

/** Reads one tree; `weight` is what DART multiplies its leaves with. */
export function readTree(tree: Members, weight: number): TreeSource {
  const parameters = membersOf(tree, 'tree_param');
  if (countOf(parameters, 'size_leaf_vector', [0, MAX_TREE_NODES]) > 1) {
    unsupported('an XGBoost model with several values a leaf', 'Train it with multi_strategy="one_output_per_tree"');
  }
  const nodeCount = countOf(parameters, 'num_nodes', [1, MAX_TREE_NODES]);
  const list = (key: string) => numbersOf(tree, key, nodeCount);
  const children = { left: list('left_children'), right: list('right_children') };
  const conditions = list('split_conditions').map(Math.fround);
  const splits = { features: list('split_indices'), missingIsLeft: list('default_left'), conditions };
  const categories = categoriesByNode(tree, nodeCount);
  return {
    nodeCount,
    node: (index) => {
      const [left, right] = [children.left[index], children.right[index]];
      if (left === NO_CHILD) return leafOf(conditions[index], weight);
      const split = { feature: splits.features[index], missingIsLeft: splits.missingIsLeft[index] === 1, left, right };
      const members = categories.get(index);
      return members ? categorySplit(split, members) : numberSplit(split, conditions[index]);
    },
  };
}

interface BareSplit {
  readonly feature: number;
  readonly missingIsLeft: boolean;
  readonly left: number;
  readonly right: number;
}

function leafOf(value: number, weight: number): Leaf {
  return { weights: [weight === 1 ? value : Math.fround(value * weight)] };
}

function numberSplit({ feature, missingIsLeft, left, right }: BareSplit, threshold: number): Split {
  return { feature, mode: SplitMode.less, threshold, missingIsTrue: missingIsLeft, whenTrue: left, whenFalse: right };
}

/** The listed categories go right, all others left (common::Decision in XGBoost). */
function categorySplit({ feature, missingIsLeft, left, right }: BareSplit, members: readonly number[]): Split {
  const missingIsTrue = !missingIsLeft;
  return { feature, mode: SplitMode.member, threshold: 0, members, missingIsTrue, whenTrue: right, whenFalse: left };
}

function categoriesByNode(tree: Members, nodeCount: number): ReadonlyMap<number, readonly number[]> {
  const types = tree.has('split_type') ? numbersOf(tree, 'split_type', nodeCount) : new Float64Array();
  if (types.every((type) => type === NUMERICAL)) return new Map();
  const nodes = numbersOf(tree, 'categories_nodes');
  const listed = new Set(nodes);
  const isAsListed = (type: number, node: number) => type === (listed.has(node) ? CATEGORICAL : NUMERICAL);
  if (!types.every(isAsListed)) unreadable('the splits of an XGBoost tree are not of the types that it lists');
  const starts = numbersOf(tree, 'categories_segments', nodes.length);
  const sizes = numbersOf(tree, 'categories_sizes', nodes.length);
  const categories = numbersOf(tree, 'categories');
  const isRun = (start: number, i: number) => start >= 0 && sizes[i] >= 0 && start + sizes[i] <= categories.length;
  if (!starts.every(isRun)) unreadable('the categories of an XGBoost tree are out of range');
  return new Map(Array.from(nodes, (node, i) => [node, [...categories.subarray(starts[i], starts[i] + sizes[i])]]));
}
