import { everyFloat, hasFloats, textAttribute } from './attributes.js';
import type { Graph, Node } from './model.js';
import { isConstant, producersOf, type Producers } from './producers.js';

/** What a classifier's numbers are; a support vector machine's decision values are told apart from others. */
export type ScoreKind = 'probabilities' | 'decision' | 'svm decision';

const passing: ReadonlySet<string> = new Set(
  (
    'Cast Reshape Identity Squeeze Unsqueeze Flatten Transpose Slice ArrayFeatureExtractor Gather Concat ' +
    'Mul Div Add Sub Neg Sum Mean ReduceMean Where Clip LpNormalization'
  ).split(' '),
);
const squashing: ReadonlySet<string> = new Set(['Softmax', 'Sigmoid', 'HardSigmoid', 'Exp']);

/** Follows a classifier's numbers back to the operator that decides what they are; undefined where none is known. */
export function scoreKind(graph: Graph, score: string): ScoreKind | undefined {
  const producers = producersOf(graph);
  const seen = new Set<string>();
  // A list and not recursion: a graph may be longer than the stack is deep.
  const open = [score];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const node = producers.get(name)?.node;
    if (!node || seen.has(name)) continue;
    seen.add(name);
    const kind = kindAt(producers, node);
    if (kind) return kind;
    if (!passing.has(node.operator)) continue;
    for (const input of variableInputs(graph, producers, node)) open.push(input);
  }
  return undefined;
}

function variableInputs(graph: Graph, producers: Producers, { inputs }: Node): string[] {
  return inputs.filter((name) => !isConstant(graph, producers, name)).reverse();
}

function kindAt(producers: Producers, node: Node): ScoreKind | undefined {
  if (squashing.has(node.operator)) return 'probabilities';
  if (node.operator === 'MatMul' || node.operator === 'Gemm') return 'decision';
  if (node.operator === 'Normalizer') return textAttribute(node, 'norm') === 'L1' ? 'probabilities' : undefined;
  if (node.operator === 'Div') return dividesBySum(producers, node) ? 'probabilities' : undefined;
  return node.operator.endsWith('Classifier') ? classifierKind(node) : undefined;
}

function classifierKind(node: Node): ScoreKind | undefined {
  if (!['', 'NONE'].includes(textAttribute(node, 'post_transform'))) return 'probabilities';
  if (node.operator === 'LinearClassifier') return 'decision';
  if (node.operator === 'SVMClassifier') return hasFloats(node, 'prob_a') ? 'probabilities' : 'svm decision';
  if (node.operator !== 'TreeEnsembleClassifier' || !hasFloats(node, 'class_weights')) return undefined;
  // A forest's leaves hold shares of a class; a boosted tree's hold steps, some of them below 0.
  return everyFloat(node, 'class_weights', (weight) => weight >= 0 && weight <= 1) ? 'probabilities' : 'decision';
}

function dividesBySum(producers: Producers, { inputs }: Node): boolean {
  let node = producers.get(inputs[1])?.node;
  for (let step = 0; step < 4 && node && passing.has(node.operator); step++) {
    node = producers.get(node.inputs.at(-1) ?? '')?.node;
  }
  return node?.operator === 'ReduceSum';
}
