import type { Label } from '@app/core';
import { classLabels } from './label-origin.js';
import { ML_DOMAIN, type Node, type OnnxModel } from './model.js';
import { producersOf } from './producers.js';
import { readNode } from './read-graph.js';
import { readValue } from './read-value.js';
import { notSupported } from './refusals.js';
import { lengthDelimited, rewriteFields, wholeNumber, type Rewrite } from './rewrite-fields.js';
import { WireReader } from './wire-reader.js';

const FLOAT32 = 1;

/** A model whose outputs are tensors, and the classes of those that were lists of maps before. */
export interface Unzipped {
  readonly onnx: Uint8Array;
  /** By the output's name in `onnx`. */
  readonly classes: ReadonlyMap<string, readonly Label[]>;
}

interface ZipMap {
  readonly source: string;
  readonly classes: readonly Label[];
}

/**
 * Takes ZipMap nodes off the end of a graph: skl2onnx adds one by default, and onnxruntime-node cannot return the list
 * of maps that it makes. The output becomes the tensor that went into it; all else is copied byte for byte.
 */
export function withoutZipMaps(bytes: Uint8Array, model: OnnxModel): Unzipped {
  const zipMaps = zipMapsOf(model);
  if (zipMaps.size === 0) return { onnx: bytes, classes: new Map() };
  const graph: Rewrite = (payload) =>
    rewriteFields(rewriteFields(payload, 1, dropNode(zipMaps)), 12, tensorOutput(zipMaps));
  const classes = new Map([...zipMaps.values()].map((zipMap) => [zipMap.source, zipMap.classes]));
  return { onnx: rewriteFields(bytes, 7, graph), classes };
}

/** By the name of the graph's output that a ZipMap makes. */
function zipMapsOf({ graph }: OnnxModel): ReadonlyMap<string, ZipMap> {
  const producers = producersOf(graph);
  const zipMaps = new Map<string, ZipMap>();
  for (const { name } of graph.outputs) {
    const node = producers.get(name)?.node;
    if (node && isZipMap(node)) zipMaps.set(name, { source: node.inputs[0] ?? '', classes: zippedClasses(node) });
  }
  return zipMaps;
}

function isZipMap({ operator, domain }: Node): boolean {
  return operator === 'ZipMap' && domain === ML_DOMAIN;
}

function zippedClasses(node: Node): readonly Label[] {
  const classes = classLabels(node);
  if (classes.length === 0)
    throw notSupported("the ONNX model's ZipMap names no classes", "export it with options={'zipmap': False}");
  return classes;
}

function dropNode(zipMaps: ReadonlyMap<string, ZipMap>): Rewrite {
  return (payload) => {
    const node = readNode(new WireReader(payload));
    return isZipMap(node) && zipMaps.has(node.outputs[0]) ? undefined : payload;
  };
}

function tensorOutput(zipMaps: ReadonlyMap<string, ZipMap>): Rewrite {
  return (payload) => {
    const zipMap = zipMaps.get(readValue(new WireReader(payload)).name);
    return zipMap ? floatMatrix(zipMap.source, zipMap.classes.length) : payload;
  };
}

/** A ValueInfoProto of type float32 [free, width]. */
function floatMatrix(name: string, width: number): Uint8Array {
  const free = lengthDelimited(1, new Uint8Array());
  const shape = Buffer.concat([free, lengthDelimited(1, wholeNumber(1, width))]);
  const tensor = Buffer.concat([wholeNumber(1, FLOAT32), lengthDelimited(2, shape)]);
  return Buffer.concat([lengthDelimited(1, Buffer.from(name)), lengthDelimited(2, lengthDelimited(1, tensor))]);
}
