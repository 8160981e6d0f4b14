import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import type { TreeEnsemble } from '../../trees/index.js';

/**
 * The mean of leaves of several weights, summed tree by tree as the library sums them: two classes with equal
 * shares stay equal to the bit, and the first of them is the label. ReduceMean sums in another order; CumSum does not.
 */
export function meanOfLeaves(g: GraphBuilder, trees: TreeEnsemble, x: Value): Value {
  const { weightsPerLeaf, leafWeights } = trees.arrays;
  if (weightsPerLeaf === 1) return trees.toOnnx(g, x);
  const table = g.doubles(leafWeights, [leafWeights.length / weightsPerLeaf, weightsPerLeaf]);
  const perTree = g.gather(table, trees.leafNumbers(g, x), 0);
  const sums = g.op('CumSum', [perTree, g.int64s([1], [])]);
  const sum = g.gather(sums, g.int64s([trees.treeCount - 1], []), 1);
  return trees.treeCount === 1 ? sum : g.div(sum, trees.treeCount);
}
