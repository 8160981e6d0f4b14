/** How a split compares; the numbers are those of nodes_modes in TreeEnsemble (ai.onnx.ml 5). */
export const SplitMode = { lessOrEqual: 0, less: 1, member: 6 } as const;

export type SplitMode = (typeof SplitMode)[keyof typeof SplitMode];

/** An inner node: a value for which the comparison holds goes to `whenTrue`, any other, also NaN, to `whenFalse`. */
export interface Split {
  readonly feature: number;
  readonly mode: SplitMode;
  /** What the value is compared with; not read where the mode is `member`. */
  readonly threshold: number;
  /** The values that are members, where the mode is `member`. */
  readonly members?: readonly number[];
  /** True where NaN goes to `whenTrue`. */
  readonly missingIsTrue: boolean;
  /** Indices of nodes of the same tree. */
  readonly whenTrue: number;
  readonly whenFalse: number;
}

/** An end of a tree. */
export interface Leaf {
  /** As many weights as the ensemble has a leaf. */
  readonly weights: ArrayLike<number>;
}

/** A tree as a library stores it: nodes by index; each that is reached from the root is read once. */
export interface TreeSource {
  readonly nodeCount: number;
  /** 0 unless said. */
  readonly root?: number;
  node(index: number): Split | Leaf;
}

/** Tells an end of a tree from an inner node. */
export function isLeaf(node: Split | Leaf): node is Leaf {
  return 'weights' in node;
}
