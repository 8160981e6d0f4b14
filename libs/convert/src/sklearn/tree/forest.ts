import type { PyObject } from '../../pickle/index.js';
import { TreeEnsembleBuilder, type EnsembleShape } from '../../trees/index.js';
import { classFactsOf, inputsOf } from '../estimator/index.js';
import { ForestModel } from './forest-model.js';
import { classificationLeaf, regressionLeaf } from './leaf-values.js';
import { takesMissing } from './missing-values.js';
import { readTree, treeSource } from './read-tree.js';

/** The mean of regression trees: `owner` is the forest, or the one tree itself. */
export function forestRegressor(owner: PyObject, estimators: readonly PyObject[]): ForestModel {
  const trees = estimators.map(readTree);
  const builder = new TreeEnsembleBuilder(shapeOf(owner, trees[0].outputs));
  for (const tree of trees) builder.addTree(treeSource(tree, regressionLeaf(tree)));
  return new ForestModel(builder.build(), { task: 'regression', takesMissing: takesMissing(owner) });
}

/** The mean of classification trees. */
export function forestClassifier(owner: PyObject, estimators: readonly PyObject[]): ForestModel {
  const facts = classFactsOf(owner);
  const count = facts.classes.length;
  const builder = new TreeEnsembleBuilder(shapeOf(owner, count));
  for (const estimator of estimators) {
    const tree = readTree(estimator);
    builder.addTree(treeSource(tree, classificationLeaf(tree, count)));
  }
  return new ForestModel(builder.build(), { ...facts, takesMissing: takesMissing(owner) });
}

/** scikit-learn rounds X to float32, and then compares with thresholds that are doubles. */
function shapeOf(owner: PyObject, weightsPerLeaf: number): EnsembleShape {
  return { inputs: inputsOf(owner), weightsPerLeaf, aggregate: 'mean', inputPrecision: 'float32' };
}
