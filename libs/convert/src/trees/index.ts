export { seededRandom } from './random.js';
export { thresholdRows, type ThresholdRowsOptions } from './threshold-rows.js';
export { TreeEnsemble, type TreeArrays } from './tree-ensemble.js';
export { TreeEnsembleBuilder, type EnsembleShape } from './tree-ensemble-builder.js';
export { isLeaf, SplitMode, type Leaf, type Split, type TreeSource } from './tree-node.js';
