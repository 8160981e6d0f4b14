import type { Label } from '@app/core';
import { MAX_CLASSES } from '../limits.js';
import { intsAttribute, textsAttribute } from './attributes.js';
import type { Graph, Node } from './model.js';
import { constantValues, producersOf, type Producer, type Producers } from './producers.js';

/**
 * Where a graph's label comes from: a list of classes, the index of the largest value (a class or a component), the
 * index of the smallest (the nearest cluster), or something that the graph does not tell.
 */
export type LabelOrigin =
  | { readonly kind: 'classes'; readonly classes: readonly Label[] }
  | { readonly kind: 'largest' | 'smallest' | 'unknown' };

const passing: ReadonlySet<string> = new Set(['Cast', 'Reshape', 'Identity', 'Squeeze', 'Unsqueeze', 'Flatten']);
const classifiers: ReadonlySet<string> = new Set(['LinearClassifier', 'SVMClassifier', 'TreeEnsembleClassifier']);
const unknown: LabelOrigin = { kind: 'unknown' };

/** Follows a label back through the graph to what decides it. */
export function labelOrigin(graph: Graph, label: string): LabelOrigin {
  const producers = producersOf(graph);
  let from = producers.get(label);
  // A graph that runs in a circle would hold this loop for ever: no way back is longer than the graph.
  for (let step = 0; step < graph.nodes.length && from && passing.has(from.node.operator); step++) {
    from = producers.get(from.node.inputs[0]);
  }
  return from ? originAt(graph, producers, from) : unknown;
}

function originAt(graph: Graph, producers: Producers, { node, output }: Producer): LabelOrigin {
  if (classifiers.has(node.operator) && output === 0) return listed(classLabels(node));
  if (node.operator === 'ArrayFeatureExtractor' || node.operator === 'Gather') {
    return listed(constantValues(graph, producers, node.inputs[0], MAX_CLASSES));
  }
  if (node.operator === 'LabelEncoder') return listed(encodedLabels(node));
  if (node.operator === 'ArgMax') return { kind: 'largest' };
  return node.operator === 'ArgMin' ? { kind: 'smallest' } : unknown;
}

/** The classes that an ML operator names in its attributes. */
export function classLabels(node: Node): readonly Label[] {
  const texts = textsAttribute(node, 'classlabels_strings');
  if (texts.length > 0) return texts;
  const ints = intsAttribute(node, 'classlabels_int64s');
  return ints.length > 0 ? ints : intsAttribute(node, 'classlabels_ints');
}

/** A LabelEncoder that turns 0, 1, 2, … into labels names the classes in their order. */
function encodedLabels(node: Node): readonly Label[] | undefined {
  const keys = intsAttribute(node, 'keys_int64s');
  if (keys.length === 0 || keys.some((key, i) => key !== i)) return undefined;
  const texts = textsAttribute(node, 'values_strings');
  return texts.length > 0 ? texts : intsAttribute(node, 'values_int64s');
}

function listed(classes: readonly Label[] | undefined): LabelOrigin {
  return classes && classes.length > 0 ? { kind: 'classes', classes } : unknown;
}
