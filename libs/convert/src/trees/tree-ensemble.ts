import type { GraphBuilder, Value } from '../onnx-writer/index.js';
import { evaluateTrees } from './evaluate-trees.js';
import { appendLeafNumbers, appendTrees } from './append-trees.js';
import type { EnsembleShape } from './tree-ensemble-builder.js';

/** Trees as flat arrays. A node is an index into `features`; a child or root below 0 is the leaf of number `~child`. */
export interface TreeArrays extends Required<EnsembleShape> {
  readonly features: Int32Array;
  readonly thresholds: Float64Array;
  /** `SplitMode`. */
  readonly modes: Uint8Array;
  readonly missingIsTrue: Uint8Array;
  readonly whenTrue: Int32Array;
  readonly whenFalse: Int32Array;
  /** By node, where the mode is `member`. */
  readonly members: ReadonlyMap<number, ReadonlySet<number>>;
  /** `weightsPerLeaf` doubles a leaf. */
  readonly leafWeights: Float64Array;
  /** The tree of each leaf. */
  readonly leafTrees: Int32Array;
  readonly roots: Int32Array;
  /** The sum that each tree adds to. */
  readonly treeTargets: Int32Array;
}

/** Validated trees; their results are one column a target, or one a weight where leaves have several. */
export class TreeEnsemble {
  constructor(readonly arrays: TreeArrays) {}

  get treeCount(): number {
    return this.arrays.roots.length;
  }

  /** The number of columns of the result. */
  get width(): number {
    return Math.max(this.arrays.targets, this.arrays.weightsPerLeaf);
  }

  /** The result as a value [N, width], of X [N, inputs]. */
  toOnnx(g: GraphBuilder, x: Value): Value {
    return appendTrees(g, this.arrays, x);
  }

  /** The number of the leaf that each tree ends in, int64 [N, trees]; leaves are numbered through all trees. */
  leafNumbers(g: GraphBuilder, x: Value): Value {
    return appendLeafNumbers(g, this.arrays, x);
  }

  /** The same result without ONNX, [count, width], of rows [count, inputs] in row-major order. */
  evaluate(rows: Float64Array, count: number, inputs: number): Float64Array {
    return evaluateTrees(this.arrays, rows, { count, inputs });
  }
}
