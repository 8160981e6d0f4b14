import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { className, type PyObject } from '../../pickle/index.js';
import { unreadable } from '../../trees/index.js';
import type { TableModel } from '../converter.js';
import { classesOf, factsOf } from '../estimator/index.js';
import type { Matrix } from '../fitted-numbers.js';

/** A classifier by joint log likelihoods [N, C]; `table` has one row a class and one column a feature. */
export function likelihoodClassifier(
  object: PyObject,
  table: Matrix,
  likelihoods: (g: GraphBuilder, x: Value) => Value,
): TableModel {
  const classes = classesOf(object);
  if (table.rows !== classes.length) unreadable(`the parameters of ${className(object)} do not fit its classes`);
  return {
    inputs: table.columns,
    ...factsOf(classes),
    apply: (g, x) => {
      const joint = likelihoods(g, x);
      return { probabilities: g.softmax(joint), label: g.argMax(joint) };
    },
  };
}
