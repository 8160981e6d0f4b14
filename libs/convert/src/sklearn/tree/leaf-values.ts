import { unreadable, unsupported } from '../../trees/index.js';
import type { SklearnTree } from './read-tree.js';

/** The value of each output in a node of a regression tree. */
export function regressionLeaf(tree: SklearnTree): (node: number) => Float64Array {
  const { outputs, values } = tree;
  if (tree.valuesPerOutput !== 1) unreadable('a regression tree with classes');
  return (node) => values.subarray(node * outputs, (node + 1) * outputs);
}

/** The share of each class in a node of a classification tree. */
export function classificationLeaf(tree: SklearnTree, classes: number): (node: number) => Float64Array {
  if (tree.outputs !== 1) unsupported('a classification tree with several targets');
  if (tree.valuesPerOutput !== classes) unreadable(`a tree of ${tree.valuesPerOutput} classes, not ${classes}`);
  const counts = (node: number) => tree.values.subarray(node * classes, (node + 1) * classes);
  return tree.hasShares ? counts : (node) => shares(counts(node));
}

function shares(counts: Float64Array): Float64Array {
  const sum = counts.reduce((a, b) => a + b, 0);
  return sum === 0 ? counts : counts.map((count) => count / sum);
}
