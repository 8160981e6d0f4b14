import type { TreeArrays } from './tree-ensemble.js';
import { SplitMode } from './tree-node.js';

/** The size of a batch of rows, in row-major order. */
export interface RowsShape {
  readonly count: number;
  readonly inputs: number;
}

/** Sums (or averages) the leaves of rows in the order of the trees, in double: [count, targets or weightsPerLeaf]. */
export function evaluateTrees(trees: TreeArrays, rows: Float64Array, { count, inputs }: RowsShape): Float64Array {
  if (inputs !== trees.inputs || rows.length !== count * inputs) throw new Error('rows do not fit the trees');
  const width = Math.max(trees.targets, trees.weightsPerLeaf);
  const sums = new Float64Array(count * width);
  const prepared = trees.inputPrecision === 'float32' ? Float64Array.from(rows, Math.fround) : rows;
  for (let row = 0; row < count; row++) {
    addLeaves(
      trees,
      prepared.subarray(row * inputs, (row + 1) * inputs),
      sums.subarray(row * width, (row + 1) * width),
    );
  }
  return trees.aggregate === 'mean' ? sums.map((sum) => sum / (trees.roots.length / trees.targets)) : sums;
}

function addLeaves(trees: TreeArrays, row: Float64Array, sums: Float64Array): void {
  const { roots, treeTargets, leafWeights, weightsPerLeaf } = trees;
  for (let tree = 0; tree < roots.length; tree++) {
    const leaf = findLeaf(trees, roots[tree], row);
    for (let w = 0; w < weightsPerLeaf; w++) sums[treeTargets[tree] + w] += leafWeights[leaf * weightsPerLeaf + w];
  }
}

/** The number of the leaf of each tree, [count, trees]. */
export function evaluateLeafNumbers(trees: TreeArrays, rows: Float64Array, { count, inputs }: RowsShape): Int32Array {
  const prepared = trees.inputPrecision === 'float32' ? Float64Array.from(rows, Math.fround) : rows;
  const leaves = new Int32Array(count * trees.roots.length);
  for (let i = 0; i < leaves.length; i++) {
    const row = Math.floor(i / trees.roots.length);
    const root = trees.roots[i % trees.roots.length];
    leaves[i] = findLeaf(trees, root, prepared.subarray(row * inputs, (row + 1) * inputs));
  }
  return leaves;
}

function findLeaf(trees: TreeArrays, root: number, row: Float64Array): number {
  let node = root;
  while (node >= 0) node = holds(trees, node, row[trees.features[node]]) ? trees.whenTrue[node] : trees.whenFalse[node];
  return ~node;
}

function holds({ modes, thresholds, members, missingIsTrue }: TreeArrays, node: number, value: number): boolean {
  if (Number.isNaN(value)) return missingIsTrue[node] === 1;
  const mode = modes[node];
  if (mode === SplitMode.lessOrEqual) return value <= thresholds[node];
  return mode === SplitMode.less ? value < thresholds[node] : (members.get(node)?.has(value) ?? false);
}
