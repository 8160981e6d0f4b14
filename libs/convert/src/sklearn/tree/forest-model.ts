import type { Label, Task } from '@app/core';
import type { EvaluatedOutputs, ModelOutputs } from '../../fitted-model.js';
import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { thresholdRows, type TreeEnsemble } from '../../trees/index.js';
import type { TableModel } from '../converter.js';
import { refuseTooLargeForFloat32 } from '../unchecked-rows.js';
import { meanOfLeaves } from './mean-of-leaves.js';

/** A model of trees, which can also be evaluated without ONNX: what a self check compares. */
export interface CheckableModel extends TableModel {
  /** As in `DescribedModel`. */
  evaluate(rows: Float64Array, count: number): EvaluatedOutputs;
  checkRows(count: number, seed?: number): Float64Array;
}

/** What a forest predicts: the mean of its trees, as values or as probabilities of classes. */
interface ForestFacts {
  readonly task: Task;
  readonly classes?: readonly Label[];
  readonly takesMissing: boolean;
}

/** Trees whose results are the prediction itself; a single tree is a forest of one. */
export class ForestModel implements CheckableModel {
  readonly task: Task;
  readonly classes?: readonly Label[];
  readonly takesMissing: boolean;

  constructor(
    private readonly trees: TreeEnsemble,
    { task, classes, takesMissing }: ForestFacts,
  ) {
    this.task = task;
    this.takesMissing = takesMissing;
    if (classes) this.classes = classes;
  }

  get inputs(): number {
    return this.trees.arrays.inputs;
  }

  get targets(): number {
    return this.trees.width;
  }

  apply(g: GraphBuilder, x: Value): ModelOutputs {
    refuseTooLargeForFloat32(g, x);
    const result = meanOfLeaves(g, this.trees, x);
    return this.classes ? { probabilities: result, label: g.argMax(result) } : { score: result };
  }

  evaluate(rows: Float64Array, count: number): EvaluatedOutputs {
    const result = this.trees.evaluate(rows, count, this.inputs);
    return this.classes ? { probabilities: result } : { score: result };
  }

  checkRows(count: number, seed = 1): Float64Array {
    return thresholdRows(this.trees, { count, seed, nullable: this.takesMissing });
  }
}
