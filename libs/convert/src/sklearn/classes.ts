import type { Label, Task } from '@app/core';
import type { ModelOutputs } from '../fitted-model.js';
import type { GraphBuilder, Value } from '../onnx-writer/index.js';
import { attribute, className, labelsOf, type PyObject } from '../pickle/index.js';
import { unsupported } from '../trees/index.js';

/** `classes_` of a classifier. */
export function classesOf(object: PyObject): readonly Label[] {
  const classes = labelsOf(attribute(object, 'classes_'));
  return classes.length >= 2 ? classes : unsupported(`${className(object)} that knows one class only`);
}

/** The task of a classifier. */
export function classification(classes: readonly Label[]): Task {
  return classes.length === 2 ? 'binary' : 'multiclass';
}

/** The probabilities of both classes, [N, 2], from that of the second, [N, 1]. */
export function bothProbabilities(g: GraphBuilder, second: Value): Value {
  return g.concat([g.sub(1, second), second]);
}

/** The index of the class with the largest value, or the second class where the one decision value is above 0. */
export function labelOfDecision(g: GraphBuilder, decision: Value, width: number): Value {
  return width > 1 ? g.argMax(decision) : g.squeeze(g.cast(g.greater(decision, 0), 'int64'), 1);
}

/** Probabilities, and the class that they choose. */
export function mostProbable(g: GraphBuilder, probabilities: Value): ModelOutputs {
  return { probabilities, label: g.argMax(probabilities) };
}
