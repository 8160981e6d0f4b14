import type { Label, Task } from '@app/core';
import type { EvaluatedOutputs, ModelOutputs } from '../../fitted-model.js';
import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { thresholdRows, type Link, type TreeEnsemble } from '../../trees/index.js';
import { aboveBound, bothClasses, notBelowBound } from '../estimator/index.js';
import { refuseTooLargeForFloat32 } from '../unchecked-rows.js';
import type { CheckableModel } from '../tree/index.js';

/** Which of two classes a decision value of exactly 0 is for: the first or the second. */
export type ClassAtZero = 'first' | 'second';

/** What gradient boosting makes of the sums of its trees. */
export interface AdditiveFacts {
  readonly task: Task;
  readonly classes?: readonly Label[];
  readonly takesMissing: boolean;
  /** What the sums start from, one a target. */
  readonly baseline: Float64Array;
  /** From sums to values, to the probability of the second of two classes, or to those of all. */
  readonly link: Link;
  readonly classAtZero?: ClassAtZero;
}

/** Sums of trees on top of a baseline, and a link. */
export class AdditiveModel implements CheckableModel {
  readonly task: Task;
  readonly classes?: readonly Label[];
  readonly takesMissing: boolean;

  constructor(
    private readonly trees: TreeEnsemble,
    private readonly facts: AdditiveFacts,
  ) {
    this.task = facts.task;
    this.takesMissing = facts.takesMissing;
    if (facts.classes) this.classes = facts.classes;
  }

  get inputs(): number {
    return this.trees.arrays.inputs;
  }

  get targets(): number {
    return this.trees.width;
  }

  apply(g: GraphBuilder, x: Value): ModelOutputs {
    const { baseline, link, classAtZero } = this.facts;
    if (this.trees.arrays.inputPrecision === 'float32') refuseTooLargeForFloat32(g, x);
    const raw = g.add(this.trees.toOnnx(g, x), baseline);
    const linked = link.toOnnx(g, raw);
    if (this.task === 'regression') return { score: linked };
    if (this.task === 'multiclass') return { decision: raw, probabilities: linked, label: g.argMax(raw) };
    const label = classAtZero === 'second' ? notBelowBound(g, raw) : aboveBound(g, raw);
    return { decision: raw, probabilities: bothClasses(g, linked), label };
  }

  evaluate(rows: Float64Array, count: number): EvaluatedOutputs {
    const { baseline, link } = this.facts;
    const sums = this.trees.evaluate(rows, count, this.inputs);
    const decision = sums.map((sum, i) => sum + baseline[i % baseline.length]);
    const linked = link.evaluate(decision, baseline.length);
    if (this.task === 'regression') return { score: linked };
    if (this.task === 'multiclass') return { decision, probabilities: linked };
    const ofPair = (_: number, i: number) => (i % 2 === 1 ? linked[i >> 1] : 1 - linked[i >> 1]);
    return { decision, probabilities: new Float64Array(2 * linked.length).map(ofPair) };
  }

  checkRows(count: number, seed = 1): Float64Array {
    return thresholdRows(this.trees, { count, seed, nullable: this.takesMissing });
  }
}
