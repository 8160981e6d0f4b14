import { attributeMessage, type Attributes } from './attribute.js';
import { ProtoWriter } from './proto-writer.js';
import { ELEMENT_TYPES, tensorMessage, type ElementType, type TensorContent } from './tensor.js';
import { Value } from './value.js';

const IR_VERSION = 10;
const OPSETS: readonly (readonly [domain: string, version: number])[] = [
  ['', 20],
  ['ai.onnx.ml', 5],
];
const SMALL_CONSTANT_BYTES = 512;

/** The parts of a prediction that a converted graph may put out. */
export type OutputPart = 'score' | 'probabilities' | 'decision' | 'label';

const OUTPUT_NAMES: ReadonlySet<string> = new Set<OutputPart>(['score', 'probabilities', 'decision', 'label']);

/** An input of a graph: doubles [N, width] or a column of texts [N, 1]. */
export interface GraphInput {
  readonly name: string;
  readonly type: 'double' | 'string';
  readonly width: number;
}

/** An operator that `Graph.node` adds: `outputs` results (1 unless said). */
export interface NodeSpec {
  readonly operator: string;
  readonly inputs: readonly Value[];
  readonly attributes?: Attributes;
  readonly domain?: '' | 'ai.onnx.ml';
  readonly outputs?: number;
}

/** An ONNX graph that grows node by node, and is written as a ModelProto at the end. */
export class Graph {
  readonly #nodes = new ProtoWriter();
  readonly #constants = new ProtoWriter();
  readonly #inputs: GraphInput[] = [];
  readonly #outputs = new Map<OutputPart, number | undefined>();
  readonly #metadata = new Map<string, string>();
  readonly #smallConstants = new Map<string, Value>();
  readonly #refusals: Value[] = [];
  #values = 0;

  /** The inputs that were declared, in order. */
  get inputs(): readonly GraphInput[] {
    return this.#inputs;
  }

  /** The outputs that were declared, in order. */
  get outputs(): readonly OutputPart[] {
    return [...this.#outputs.keys()];
  }

  /** The conditions under which a row has no answer, bool [N, 1] each. */
  get refusals(): readonly Value[] {
    return this.#refusals;
  }

  /** Leaves the rows for which a condition holds without an answer, whatever is made of this part of the model. */
  refuseRows(condition: Value): void {
    this.#refusals.push(condition);
  }

  /** Declares an input of doubles [N, width], or of texts [N, 1]; one that is named as an output is gets `_input` behind its name. */
  input(wanted: string, type: GraphInput['type'] = 'double', width = 1): Value {
    const name = OUTPUT_NAMES.has(wanted) ? `${wanted}_input` : wanted;
    if (this.#inputs.some((input) => input.name === name)) throw new Error(`input ${name} is declared twice`);
    this.#inputs.push({ name, type, width });
    return new Value(this, name);
  }

  /** Declares an output: `label` is int64 [N], all others are double [N, width]. */
  output(part: OutputPart, value: Value, width?: number): void {
    if (this.#outputs.has(part)) throw new Error(`output ${part} is declared twice`);
    this.#outputs.set(part, width);
    this.#nodes.message(1, this.#nodeMessage({ operator: 'Identity', inputs: [value] }, [part]));
  }

  /** Adds an entry of metadata_props; a later one of the same key wins. */
  metadata(key: string, value: string): void {
    this.#metadata.set(key, value);
  }

  /** Adds an operator with several results. */
  node(spec: NodeSpec): readonly Value[] {
    const names = Array.from({ length: spec.outputs ?? 1 }, () => `/v${this.#values++}`);
    this.#nodes.message(1, this.#nodeMessage(spec, names));
    return names.map((name) => new Value(this, name));
  }

  /** Adds a constant; small ones that are equal to the bit are shared. */
  constant(content: TensorContent): Value {
    const key = keyOf(content);
    const known = key === undefined ? undefined : this.#smallConstants.get(key);
    if (known) return known;
    const value = new Value(this, `/c${this.#values++}`);
    this.#constants.message(5, tensorMessage(content, value.name));
    if (key !== undefined) this.#smallConstants.set(key, value);
    return value;
  }

  /** The ModelProto. */
  build(): Uint8Array {
    const model = new ProtoWriter().int(1, IR_VERSION).text(2, 'scorekeeper').message(7, this.#graphMessage());
    for (const [domain, version] of OPSETS) model.message(8, new ProtoWriter().text(1, domain).int(2, version));
    for (const [key, value] of this.#metadata) model.message(14, new ProtoWriter().text(1, key).text(2, value));
    return model.toBytes();
  }

  #graphMessage(): ProtoWriter {
    const graph = new ProtoWriter().append(this.#nodes).text(2, 'model').append(this.#constants);
    for (const { name, type, width } of this.#inputs) graph.message(11, valueInfo(name, type, ['N', width]));
    for (const [part, width] of this.#outputs) graph.message(12, outputInfo(part, width));
    return graph;
  }

  #nodeMessage(spec: NodeSpec, outputs: readonly string[]): ProtoWriter {
    const node = new ProtoWriter();
    for (const input of spec.inputs) node.text(1, this.#nameOf(input));
    for (const output of outputs) node.text(2, output);
    node.text(4, spec.operator);
    for (const [name, value] of Object.entries(spec.attributes ?? {})) node.message(5, attributeMessage(name, value));
    return spec.domain ? node.text(7, spec.domain) : node;
  }

  #nameOf(value: Value): string {
    if (value.graph !== this) throw new Error(`value ${value.name} belongs to another graph`);
    return value.name;
  }
}

function outputInfo(part: OutputPart, width: number | undefined): ProtoWriter {
  return part === 'label'
    ? valueInfo(part, 'int64', ['N'])
    : valueInfo(part, 'double', ['N', width ?? `${part}_width`]);
}

/** ValueInfoProto: a dimension is a number, or the name of one that is not known. */
function valueInfo(name: string, type: ElementType, dims: readonly (number | string)[]): ProtoWriter {
  const shape = new ProtoWriter();
  for (const dim of dims) shape.message(1, dimension(dim));
  const tensor = new ProtoWriter().int(1, ELEMENT_TYPES[type]).message(2, shape);
  return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, tensor));
}

function dimension(dim: number | string): ProtoWriter {
  return typeof dim === 'number' ? new ProtoWriter().int(1, dim) : new ProtoWriter().text(2, dim);
}

function keyOf({ type, dims, data }: TensorContent): string | undefined {
  if (!(data instanceof Uint8Array)) return data.length > 16 ? undefined : JSON.stringify([type, dims, data]);
  return data.length > SMALL_CONSTANT_BYTES
    ? undefined
    : `${type} ${dims.join()} ${Buffer.from(data).toString('latin1')}`;
}
