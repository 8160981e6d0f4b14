import type { Feature, Label, Task } from '@app/core';
import type { GraphBuilder, Value } from './onnx-writer/index.js';

/**
 * The parts of a prediction as values of a graph, those that the model has: `score` double [N, K], `probabilities` double [N, C],
 * `decision` double [N, C] or [N, 1], `label` int64 [N] (an index into `classes`; 1 or -1 of an outlier detector; a cluster).
 */
export interface ModelOutputs {
  readonly score?: Value;
  readonly probabilities?: Value;
  readonly decision?: Value;
  readonly label?: Value;
}

/** A fitted model as data, ready to become part of a graph: alone, in a pipeline, or behind a scaler. */
export interface FittedModel {
  /** The number of columns of X. */
  readonly inputs: number;
  readonly task: Task;
  /** Classifiers only, in the order of `probabilities`. */
  readonly classes?: readonly Label[];
  /** Adds the model to a graph, on X [N, inputs] double; refuses where X must be named columns. */
  apply(g: GraphBuilder, x: Value): ModelOutputs;
  /** As `apply`, where X is a sparse matrix: only of models that tell a 0 that is not there from one that is. */
  applyToSparse?(g: GraphBuilder, x: Value): ModelOutputs;
}

/** A fitted model that knows its features, as the libraries of boosted trees do. */
export interface DescribedModel extends FittedModel {
  /** In the order of X's columns. */
  readonly features: readonly Feature[];
  /** `made-up` where the names are fillers of the library or of ours. */
  readonly namesFrom: 'file' | 'made-up';
  /** What the uploader should know. */
  readonly warnings: readonly string[];
  /** The columns of categories, by feature; where there are some, it takes X only by `applyToColumns`. */
  readonly categories: ReadonlyMap<number, unknown>;
  /** As `apply`, from one value [N, 1] a feature, texts where the feature is text. */
  applyToColumns(g: GraphBuilder, columns: readonly Value[]): ModelOutputs;
  /** The outputs without ONNX, of rows as `apply` takes them: the loader compares ONNX Runtime with it. */
  evaluate(rows: Float64Array, count: number): EvaluatedOutputs;
  /** Rows [count, inputs] on which a wrong conversion would show; the same for the same seed. */
  checkRows(count: number, seed?: number): Float64Array;
}

/** The numbers of `ModelOutputs`, in row-major order. */
export interface EvaluatedOutputs {
  readonly score?: Float64Array;
  readonly probabilities?: Float64Array;
  readonly decision?: Float64Array;
}
