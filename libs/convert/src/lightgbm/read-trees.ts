import {
  TreeEnsembleBuilder,
  unreadable,
  unsupported,
  type Leaf,
  type Split,
  type TreeEnsemble,
} from '../trees/index.js';
import { LinearLeaves, type LinearLeaf } from './linear-leaves.js';
import { readTree, type FeatureRole, type LightgbmTree } from './lightgbm-tree.js';
import type { ModelText } from './model-text.js';

/** The trees that a model predicts with. */
export interface LightgbmTrees {
  readonly ensemble: TreeEnsemble;
  /** Of the features that splits look at. */
  readonly roles: ReadonlyMap<number, FeatureRole>;
  /** Where the leaves hold linear models. */
  readonly linear: LinearLeaves | undefined;
}

/** Reads the trees of the first iterations; all of them where `iterations` is 0 or less, as LightGBM has it. */
export function readTrees(text: ModelText, iterations: number): LightgbmTrees {
  const { featureCount: inputs, treesPerIteration: targets } = text;
  if (text.trees.length % targets !== 0)
    unreadable(`${text.trees.length} trees are not whole iterations of ${targets}`);
  const used = iterations > 0 ? text.trees.slice(0, iterations * targets) : text.trees;
  if (used.length === 0) unreadable('the LightGBM model has no trees');
  const trees = used.map(readTree);
  const aggregate = text.header.has('average_output') ? 'mean' : 'sum';
  const builder = new TreeEnsembleBuilder({ inputs, targets, aggregate });
  const leaves: LinearLeaf[] = [];
  trees.forEach((tree, i) => addTree(builder, tree, { target: i % targets, leaves }));
  const ensemble = builder.build();
  const linear = trees.some((tree) => tree.linear) ? new LinearLeaves(ensemble, leaves) : undefined;
  return { ensemble, roles: rolesOf(trees), linear };
}

interface Destination {
  readonly target: number;
  /** Takes the leaves in the order in which the ensemble numbers them. */
  readonly leaves: LinearLeaf[];
}

/** Leaves stand behind the splits: the child `~leaf` of the text is node `splitCount + leaf`. */
function addTree(builder: TreeEnsembleBuilder, tree: LightgbmTree, { target, leaves }: Destination): void {
  const place = (child: number) => (child < 0 ? tree.splitCount + ~child : child < tree.splitCount ? child : -1);
  const node = (index: number): Split | Leaf => {
    if (index >= tree.splitCount) return leafOf(tree, index - tree.splitCount, leaves);
    const split = tree.split(index);
    return { ...split, whenTrue: place(split.whenTrue), whenFalse: place(split.whenFalse) };
  };
  builder.addTree({ nodeCount: tree.splitCount + tree.leafValues.length, node }, target);
}

function leafOf({ leafValues, linear }: LightgbmTree, leaf: number, leaves: LinearLeaf[]): Leaf {
  const value = leafValues[leaf];
  leaves.push({
    value,
    constant: linear?.constants[leaf] ?? value,
    features: linear?.features[leaf] ?? [],
    coefficients: linear?.coefficients[leaf] ?? [],
  });
  return { weights: [value] };
}

function rolesOf(trees: readonly LightgbmTree[]): Map<number, FeatureRole> {
  const roles = new Map<number, FeatureRole>();
  for (const tree of trees) {
    for (let node = 0; node < tree.splitCount; node++) noteRole(roles, tree.features[node], tree.roleOf(node));
  }
  return roles;
}

function noteRole(roles: Map<number, FeatureRole>, feature: number, role: FeatureRole): void {
  const known = roles.get(feature) ?? role;
  if (known !== role)
    unsupported(`feature ${feature} of the LightGBM model is a ${known} in one split, a ${role} in another`);
  roles.set(feature, role);
}
