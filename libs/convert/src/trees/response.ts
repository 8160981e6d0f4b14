import type { Label, Task } from '@app/core';
import type { EvaluatedOutputs, ModelOutputs } from '../fitted-model.js';
import type { GraphBuilder, Value } from '../onnx-writer/index.js';
import type { Link } from './link.js';
import { unreadable, unsupported } from './refusals.js';

/** What an objective makes of the sums of its trees: values, the probability of the second of two classes, or one for each class. */
export interface Objective {
  readonly gives: 'values' | 'probability' | 'probabilities';
  readonly link: Link;
}

/** How the uploader used the trees; as the objective says where it is not known. */
export interface EstimatorOptions {
  readonly estimator?: 'classifier' | 'regressor';
  /** In the order of the model's probabilities; 0, 1, … unless given. */
  readonly classes?: readonly Label[];
}

/** The task of boosted trees, and how their sums become outputs. */
export interface Response {
  readonly task: Task;
  readonly classes?: readonly Label[];
  readonly link: Link;
}

/** Decides between regression and classification: `width` is the number of sums. */
export function responseOf(objective: Objective, width: number, options: EstimatorOptions): Response {
  const { gives, link } = objective;
  if (gives === 'probability' && width !== 1) {
    unsupported('a classifier of several targets', 'Train one classifier for each target');
  }
  if (gives === 'probabilities' && width < 2) unreadable('an objective of several classes with one output');
  const isClassifier = options.estimator ? options.estimator === 'classifier' : gives !== 'values';
  if (!isClassifier) return { task: 'regression', link };
  if (gives === 'values') unsupported('a classifier whose objective gives no probabilities');
  const classes = classesOf(Math.max(2, width), options.classes);
  return { task: gives === 'probability' ? 'binary' : 'multiclass', classes, link };
}

/** Adds the link and the choice of a class to a graph. */
export function appendResponse(g: GraphBuilder, { task, link }: Response, raw: Value): ModelOutputs {
  const linked = link.toOnnx(g, raw);
  if (task === 'regression') return { score: linked };
  const probabilities = task === 'binary' ? g.concat([g.sub(1, linked), linked]) : linked;
  return { probabilities, label: g.argMax(probabilities) };
}

/** The same on numbers, [count, width]. */
export function evaluateResponse({ task, link }: Response, raw: Float64Array, width: number): EvaluatedOutputs {
  const linked = link.evaluate(raw, width);
  if (task === 'regression') return { score: linked };
  if (task === 'multiclass') return { probabilities: linked };
  const isSecond = (i: number) => i % 2 === 1;
  const ofPair = (_: number, i: number) => (isSecond(i) ? linked[i >> 1] : 1 - linked[i >> 1]);
  return { probabilities: new Float64Array(2 * linked.length).map(ofPair) };
}

function classesOf(count: number, given: readonly Label[] | undefined): readonly Label[] {
  if (given?.length === 1) unsupported('a classifier that knows one class only');
  if (given && given.length !== count) unreadable(`${given.length} classes, where the trees know ${count}`);
  return given ?? Array.from({ length: count }, (_, i) => i);
}
