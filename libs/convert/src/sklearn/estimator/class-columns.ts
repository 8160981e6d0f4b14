import type { FittedModel, ModelOutputs } from '../../fitted-model.js';
import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { unsupported } from '../../trees/index.js';

/** The probabilities [1 - p, p] of p [N, 1]. */
export function bothClasses(g: GraphBuilder, second: Value): Value {
  return g.concat([g.sub(1, second), second]);
}

/** The second class where a column [N, 1] is above a bound, else the first; int64 [N]. */
export function aboveBound(g: GraphBuilder, column: Value, bound = 0): Value {
  return g.squeeze(g.cast(g.greater(column, bound), 'int64'), 1);
}

/** The second class where a column [N, 1] is not below a bound, else the first; int64 [N]. */
export function notBelowBound(g: GraphBuilder, column: Value, bound = 0): Value {
  return g.squeeze(g.cast(g.greaterOrEqual(column, bound), 'int64'), 1);
}

/** The index of the class with the largest value, or the second class where the one decision value is above 0. */
export function labelOfDecision(g: GraphBuilder, decision: Value, width: number): Value {
  return width > 1 ? g.argMax(decision) : aboveBound(g, decision);
}

/** Probabilities, and the class that they choose. */
export function mostProbable(g: GraphBuilder, probabilities: Value): ModelOutputs {
  return { probabilities, label: g.argMax(probabilities) };
}

/** 1 in the column of each row's label, 0 elsewhere, [N, places.length]; `places` says which column a label stands for. */
export function oneHot(g: GraphBuilder, label: Value, columns: number, places?: readonly number[]): Value {
  const placed = places ? g.gather(g.int64s(places), label, 0) : label;
  const numbers = g.int64s(
    Array.from({ length: columns }, (_, i) => i),
    [1, columns],
  );
  return g.cast(g.equal(g.unsqueeze(placed, 1), numbers), 'double');
}

/** Columns of a part moved to where they stand in the whole, 0 in columns that the part does not know. */
export function spread(g: GraphBuilder, values: Value, places: readonly number[], columns: number): Value {
  if (places.length === columns && places.every((place, i) => place === i)) return values;
  const none = g.mul(g.gather(values, [0]), 0);
  const sources = g.concat([values, none]);
  const from = Array.from({ length: columns }, (_, column) => places.indexOf(column));
  return g.gather(
    sources,
    from.map((source) => (source < 0 ? places.length : source)),
  );
}

/** The label that a classifier gives; refuses a model without. */
export function labelOf(outputs: ModelOutputs): Value {
  return outputs.label ?? unsupported('a model that gives no labels where a classifier is expected');
}

/** Whether a model is one of classes. */
export function isClassifier({ task }: FittedModel): boolean {
  return task === 'binary' || task === 'multiclass';
}
