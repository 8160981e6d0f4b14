import type { GraphBuilder, Value } from '../../onnx-writer/index.js';

/** Two classes by number, the first below the second. */
export interface Pair {
  readonly first: number;
  readonly second: number;
}

/** All pairs of classes in the order in which one-vs-one classifiers are kept. */
export function pairsOf(classes: number): readonly Pair[] {
  return Array.from({ length: classes }, (_, first) =>
    Array.from({ length: classes - first - 1 }, (_, i) => ({ first, second: first + 1 + i })),
  ).flat();
}

/** The votes for each class [N, classes]; `isSecond` [N, pairs] says by 1 or 0 which of the two classes won. */
export function votesOf(g: GraphBuilder, isSecond: Value, classes: number): Value {
  const pairs = pairsOf(classes);
  const first = table(pairs, classes, (pair, c) => Number(pair.first === c));
  const second = table(pairs, classes, (pair, c) => Number(pair.second === c));
  const dims = [pairs.length, classes];
  return g.add(g.matMul(g.sub(1, isSecond), g.doubles(first, dims)), g.matMul(isSecond, g.doubles(second, dims)));
}

/** Votes, and confidences squeezed so far that they decide between equal votes only; `confidence` [N, pairs] is for the second class. */
export function decisionOfPairs(g: GraphBuilder, votes: Value, confidence: Value, classes: number): Value {
  const sides = table(pairsOf(classes), classes, ({ first, second }, c) => Number(second === c) - Number(first === c));
  const sums = g.matMul(confidence, g.doubles(sides, [pairsOf(classes).length, classes]));
  return g.add(votes, g.div(sums, g.mul(g.add(g.abs(sums), 1), 3)));
}

function table(pairs: readonly Pair[], classes: number, cell: (pair: Pair, column: number) => number): number[] {
  return pairs.flatMap((pair) => Array.from({ length: classes }, (_, column) => cell(pair, column)));
}
