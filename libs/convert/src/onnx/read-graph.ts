import type { Constant, Graph, Node, Value } from './model.js';
import { checkSparseTensor, readTensor } from './read-tensor.js';
import { readValue } from './read-value.js';
import type { WireReader } from './wire-reader.js';

interface GraphDraft {
  readonly nodes: Node[];
  readonly constants: Map<string, Constant>;
  readonly inputs: Value[];
  readonly outputs: Value[];
}

interface NodeDraft {
  operator: string;
  domain: string;
  readonly inputs: string[];
  readonly outputs: string[];
  readonly attributes: Map<string, Uint8Array>;
  readonly subgraphs: Graph[];
}

/** Reads a GraphProto; the reader's depth limit ends graphs that nest without end. */
export function readGraph(reader: WireReader): Graph {
  const draft: GraphDraft = { nodes: [], constants: new Map(), inputs: [], outputs: [] };
  while (reader.next()) readGraphField(draft, reader);
  return draft;
}

/** Looks through a FunctionProto for what is refused anywhere; ONNX Runtime judges the rest. */
export function readFunction(reader: WireReader): void {
  while (reader.next()) {
    if (reader.field === 7) readNode(reader.message());
    else if (reader.field === 11) readAttribute([], reader.message());
    else reader.skip();
  }
}

function readGraphField(draft: GraphDraft, reader: WireReader): void {
  switch (reader.field) {
    case 1:
      draft.nodes.push(readNode(reader.message()));
      return;
    case 5: {
      const constant = readTensor(reader.message());
      draft.constants.set(constant.name, constant);
      return;
    }
    case 11:
      draft.inputs.push(readValue(reader.message()));
      return;
    case 12:
      draft.outputs.push(readValue(reader.message()));
      return;
    case 15:
      return checkSparseTensor(reader.message());
    default:
      reader.skip();
  }
}

/** Reads a NodeProto with the graphs in its attributes. */
export function readNode(reader: WireReader): Node {
  const draft: NodeDraft = { operator: '', domain: '', inputs: [], outputs: [], attributes: new Map(), subgraphs: [] };
  while (reader.next()) readNodeField(draft, reader);
  return draft;
}

function readNodeField(draft: NodeDraft, reader: WireReader): void {
  switch (reader.field) {
    case 1:
      draft.inputs.push(reader.text());
      return;
    case 2:
      draft.outputs.push(reader.text());
      return;
    case 4:
      draft.operator = reader.text();
      return;
    case 5: {
      const attribute = reader.message();
      draft.attributes.set(readAttribute(draft.subgraphs, attribute), attribute.bytes);
      return;
    }
    case 7:
      draft.domain = reader.text();
      return;
    default:
      reader.skip();
  }
}

/** Field numbers of AttributeProto that can hold tensors or graphs; gives the attribute's name. */
function readAttribute(subgraphs: Graph[], reader: WireReader): string {
  let name = '';
  while (reader.next()) {
    if (reader.field === 1) name = reader.text();
    else if (reader.field === 5 || reader.field === 10) readTensor(reader.message());
    else if (reader.field === 6 || reader.field === 11) subgraphs.push(readGraph(reader.message()));
    else if (reader.field === 22 || reader.field === 23) checkSparseTensor(reader.message());
    else reader.skip();
  }
  return name;
}
