import { GrowableArray } from './growable-array.js';
import { tooComplex, unreadable } from './refusals.js';
import { TreeEnsemble } from './tree-ensemble.js';
import { isLeaf, SplitMode, type Leaf, type Split, type TreeSource } from './tree-node.js';

const MAX_TREES = 100_000;
const MAX_NODES = 20_000_000;
const MAX_MEMBERS = 2_000_000;
/** ONNX Runtime descends trees recursively when it loads them, and a set as a chain of its members. */
const MAX_DEPTH = 10_000;

/** What all trees of an ensemble share. */
export interface EnsembleShape {
  /** The number of columns of X. */
  readonly inputs: number;
  /** The number of sums that trees add to; 1 unless said. */
  readonly targets?: number;
  /** Weights of each leaf; 1 unless said. More than one only with one target. */
  readonly weightsPerLeaf?: number;
  /** Whether the trees of a target are summed or averaged; summed unless said. */
  readonly aggregate?: 'sum' | 'mean';
  /** `float32` where the library rounds X to float32 before it compares; `double` unless said. */
  readonly inputPrecision?: 'double' | 'float32';
}

/** Where in its parent a node is to be entered. */
interface Place {
  readonly index: number;
  readonly parent: number;
  readonly side: 'whenTrue' | 'whenFalse';
  readonly depth: number;
}

/** Collects trees into flat arrays; refuses what is not a tree or not a number. */
export class TreeEnsembleBuilder {
  readonly #shape: Required<EnsembleShape>;
  readonly #features = new GrowableArray(Int32Array);
  readonly #thresholds = new GrowableArray(Float64Array);
  readonly #modes = new GrowableArray(Uint8Array);
  readonly #missingIsTrue = new GrowableArray(Uint8Array);
  readonly #whenTrue = new GrowableArray(Int32Array);
  readonly #whenFalse = new GrowableArray(Int32Array);
  readonly #leafWeights = new GrowableArray(Float64Array);
  readonly #leafTrees = new GrowableArray(Int32Array);
  readonly #roots: number[] = [];
  readonly #treeTargets: number[] = [];
  readonly #members = new Map<number, ReadonlySet<number>>();
  #memberCount = 0;

  constructor(shape: EnsembleShape) {
    this.#shape = { targets: 1, weightsPerLeaf: 1, aggregate: 'sum', inputPrecision: 'double', ...shape };
    const { targets, weightsPerLeaf } = this.#shape;
    if (weightsPerLeaf > 1 && targets > 1) throw new Error('several weights a leaf are for one target');
  }

  /** Adds a tree whose leaves add to a target, in the order in which the library adds them. */
  addTree(tree: TreeSource, target = 0): void {
    const { targets } = this.#shape;
    if (!isIndex(target, targets)) unreadable(`a tree for output ${target}, where the model has ${targets}`);
    if (this.#roots.length === MAX_TREES) tooComplex(`the model has more than ${MAX_TREES} trees`);
    this.#treeTargets.push(target);
    this.#addNodes(tree);
  }

  build(): TreeEnsemble {
    return new TreeEnsemble({
      ...this.#shape,
      features: this.#features.toArray(),
      thresholds: this.#thresholds.toArray(),
      modes: this.#modes.toArray(),
      missingIsTrue: this.#missingIsTrue.toArray(),
      whenTrue: this.#whenTrue.toArray(),
      whenFalse: this.#whenFalse.toArray(),
      members: this.#members,
      leafWeights: this.#leafWeights.toArray(),
      leafTrees: this.#leafTrees.toArray(),
      roots: Int32Array.from(this.#roots),
      treeTargets: Int32Array.from(this.#treeTargets),
    });
  }

  #addNodes(tree: TreeSource): void {
    const seen = new Uint8Array(tree.nodeCount);
    const open: Place[] = [{ index: tree.root ?? 0, parent: -1, side: 'whenTrue', depth: 0 }];
    for (let place = open.pop(); place; place = open.pop()) {
      const { index, depth } = place;
      if (!isIndex(index, tree.nodeCount) || seen[index]) this.#fault(`node ${index} is out of range or reached twice`);
      seen[index] = 1;
      const node = tree.node(index);
      const entered = isLeaf(node) ? ~this.#addLeaf(node) : this.#addSplit(node);
      this.#enter(place, entered);
      if (!isLeaf(node)) this.#openChildren(open, node, { parent: entered, depth });
    }
  }

  #openChildren(open: Place[], { whenTrue, whenFalse, members }: Split, at: { parent: number; depth: number }): void {
    const depth = at.depth + Math.max(1, members?.length ?? 0);
    if (depth > MAX_DEPTH) tooComplex(`tree ${this.#roots.length - 1} is deeper than ${MAX_DEPTH} comparisons`);
    open.push({ index: whenFalse, parent: at.parent, side: 'whenFalse', depth });
    open.push({ index: whenTrue, parent: at.parent, side: 'whenTrue', depth });
  }

  #enter({ parent, side }: Place, entered: number): void {
    if (parent < 0) this.#roots.push(entered);
    else if (side === 'whenTrue') this.#whenTrue.set(parent, entered);
    else this.#whenFalse.set(parent, entered);
  }

  #addLeaf({ weights }: Leaf): number {
    const { weightsPerLeaf } = this.#shape;
    if (weights.length !== weightsPerLeaf) this.#fault(`a leaf has ${weights.length} values, not ${weightsPerLeaf}`);
    for (let i = 0; i < weights.length; i++) {
      if (!Number.isFinite(weights[i])) this.#fault('the value of a leaf is not finite');
      this.#leafWeights.push(weights[i]);
    }
    return this.#leafTrees.push(this.#treeTargets.length - 1);
  }

  #addSplit(split: Split): number {
    this.#check(split);
    const { mode, threshold } = comparison(split);
    const node = this.#features.push(split.feature);
    this.#thresholds.push(threshold);
    this.#modes.push(mode);
    this.#missingIsTrue.push(Number(split.missingIsTrue));
    this.#whenTrue.push(0);
    this.#whenFalse.push(0);
    if (mode === SplitMode.member) this.#addMembers(node, split.members ?? []);
    return node;
  }

  #addMembers(node: number, members: readonly number[]): void {
    this.#memberCount += members.length;
    if (this.#memberCount > MAX_MEMBERS) tooComplex(`the splits list more than ${MAX_MEMBERS} categories`);
    if (members.some((member) => !Number.isFinite(member))) this.#fault('a category is not a number');
    this.#members.set(node, new Set(members));
  }

  #check({ feature, mode, threshold }: Split): void {
    const { inputs } = this.#shape;
    if (this.#features.length === MAX_NODES) tooComplex(`the trees have more than ${MAX_NODES} nodes`);
    if (!isIndex(feature, inputs)) this.#fault(`a split on feature ${feature}, where the model has ${inputs}`);
    if (mode !== SplitMode.member && Number.isNaN(threshold)) this.#fault('a threshold is not a number');
  }

  #fault(message: string): never {
    return unreadable(`tree ${this.#treeTargets.length - 1}: ${message}`);
  }
}

/** No value is a member of an empty set, which ONNX cannot state: no value is less than -Infinity either. */
function comparison({ mode, threshold, members }: Split): { mode: SplitMode; threshold: number } {
  if (mode !== SplitMode.member) return { mode, threshold };
  return members?.length ? { mode, threshold: 0 } : { mode: SplitMode.less, threshold: -Infinity };
}

function isIndex(value: number, length: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < length;
}
