import { notSupported, unreadable } from './refusals.js';
import type { Graph, OnnxModel } from './model.js';
import { readFunction, readGraph } from './read-graph.js';
import { WireReader } from './wire-reader.js';

interface Draft {
  irVersion: number;
  producerName: string;
  producerVersion: string;
  readonly operatorSets: Map<string, number>;
  readonly metadata: Map<string, string>;
  graph?: Graph;
}

/** Reads a ModelProto as data; refuses what is damaged, and what needs other files or is meant for training. */
export function readModel(bytes: Uint8Array): OnnxModel {
  const draft: Draft = {
    irVersion: 0,
    producerName: '',
    producerVersion: '',
    operatorSets: new Map(),
    metadata: new Map(),
  };
  const reader = new WireReader(bytes);
  while (reader.next()) readField(draft, reader);
  const { graph, ...rest } = draft;
  if (!graph) throw unreadable('it holds no graph');
  return { ...rest, graph };
}

/** Field numbers of ModelProto in onnx.proto. */
function readField(draft: Draft, reader: WireReader): void {
  switch (reader.field) {
    case 1:
      draft.irVersion = reader.int();
      return;
    case 2:
      draft.producerName = reader.text();
      return;
    case 3:
      draft.producerVersion = reader.text();
      return;
    case 7:
      // Protobuf would merge two graphs into one: what was checked would not be what runs.
      if (draft.graph) throw unreadable('it holds two graphs');
      draft.graph = readGraph(reader.message());
      return;
    case 8:
      readOperatorSet(draft.operatorSets, reader.message());
      return;
    case 14:
      readMetadata(draft.metadata, reader.message());
      return;
    case 20:
      throw notSupported('the ONNX model carries training information', 'export the graph for inference');
    case 25:
      return readFunction(reader.message());
    default:
      reader.skip();
  }
}

function readOperatorSet(operatorSets: Map<string, number>, reader: WireReader): void {
  let domain = '';
  let version = 0;
  while (reader.next()) {
    if (reader.field === 1) domain = reader.text();
    else if (reader.field === 2) version = reader.int();
    else reader.skip();
  }
  operatorSets.set(domain, version);
}

function readMetadata(metadata: Map<string, string>, reader: WireReader): void {
  let key = '';
  let value = '';
  while (reader.next()) {
    if (reader.field === 1) key = reader.text();
    else if (reader.field === 2) value = reader.text();
    else reader.skip();
  }
  metadata.set(key, value);
}
