import type { ConverterFamily, ModelConverter } from '../converter.js';
import { forestClassifier, forestRegressor } from './forest.js';

export { forestClassifier, forestRegressor } from './forest.js';
export { type CheckableModel } from './forest-model.js';
export { classificationLeaf, regressionLeaf } from './leaf-values.js';
export { depthsOf, readTree, treeSource, type SklearnTree } from './read-tree.js';

const regressor: ModelConverter = (tree) => forestRegressor(tree, [tree]);
const classifier: ModelConverter = (tree) => forestClassifier(tree, [tree]);

/** Single decision trees. */
export const treeFamily: ConverterFamily = {
  models: new Map([
    ['sklearn.tree._classes.DecisionTreeRegressor', regressor],
    ['sklearn.tree._classes.ExtraTreeRegressor', regressor],
    ['sklearn.tree._classes.DecisionTreeClassifier', classifier],
    ['sklearn.tree._classes.ExtraTreeClassifier', classifier],
  ]),
};
