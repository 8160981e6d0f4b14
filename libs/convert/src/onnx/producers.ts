import { intsOf, readTensor, textsOf } from './read-tensor.js';
import { tensorAttribute } from './attributes.js';
import type { Constant, Graph, Node } from './model.js';

/** Which node makes a tensor, and as which of its outputs. */
export interface Producer {
  readonly node: Node;
  readonly output: number;
}

/** The maker of every tensor in a graph, by the tensor's name. */
export type Producers = ReadonlyMap<string, Producer>;

/** Looks up the makers of a graph's tensors. */
export function producersOf(graph: Graph): Producers {
  return new Map(graph.nodes.flatMap((node) => node.outputs.map((name, output) => [name, { node, output }] as const)));
}

/** The values of a tensor that is a constant of whole numbers or texts; undefined for any other. */
export function constantValues(
  graph: Graph,
  producers: Producers,
  name: string,
  limit: number,
): readonly (number | string)[] | undefined {
  const constant = constantOf(graph, producers, name);
  return constant && (intsOf(constant, limit) ?? textsOf(constant, limit));
}

/** Whether a tensor is the same for every row. */
export function isConstant(graph: Graph, producers: Producers, name: string): boolean {
  return graph.constants.has(name) || producers.get(name)?.node.operator === 'Constant';
}

function constantOf(graph: Graph, producers: Producers, name: string): Constant | undefined {
  const stored = graph.constants.get(name);
  if (stored) return stored;
  const node = producers.get(name)?.node;
  const tensor = node?.operator === 'Constant' ? tensorAttribute(node, 'value') : undefined;
  return tensor && readTensor(tensor);
}
