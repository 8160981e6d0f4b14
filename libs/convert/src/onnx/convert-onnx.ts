import type { Output, Signature } from '@app/core';
import type { Converted, Understood } from '../converted.js';
import { featuresOf, type Features } from './features.js';
import { MAX_TEXT_LENGTH } from './metadata.js';
import type { Meaning } from './meaning.js';
import { ML_DOMAIN, type Graph, type Node, type OnnxModel } from './model.js';
import { meaningOf } from './read-meaning.js';
import { readModel } from './read-model.js';
import { withoutZipMaps } from './zip-map.js';

const MAX_OPERATOR_SETS = 20;

/** CatBoost writes a whole page there. */
const MAX_SHOWN_LENGTH = 40;

/** Reads an .onnx file: its bytes stay as they are (but for a ZipMap at the end), its signature comes from the graph. */
export function convertOnnx(bytes: Uint8Array): Converted {
  const uploaded = readModel(bytes);
  const { onnx, classes } = withoutZipMaps(bytes, uploaded);
  const model = onnx === bytes ? uploaded : readModel(onnx);
  const features = featuresOf(model);
  const meaning = meaningOf(model, classes);
  return {
    onnx,
    signature: signatureOf(model, features, meaning),
    wiring: { inputs: features.inputs, outputs: meaning.outputs },
    namesFrom: features.namesFrom,
    understood: understoodOf(model),
    warnings: [...features.warnings, ...meaning.warnings, ...floatTrees(model, features)],
  };
}

function signatureOf(model: OnnxModel, { features }: Features, { task, classes }: Meaning): Signature {
  return { task, features, output: outputOf(model), ...(classes && { classes }) };
}

function outputOf({ metadata }: OnnxModel): Output {
  const unit = metadata.get('output_unit')?.slice(0, MAX_TEXT_LENGTH);
  const description = metadata.get('output_description')?.slice(0, MAX_TEXT_LENGTH);
  return { name: 'score', ...(unit && { unit }), ...(description && { description }) };
}

function understoodOf(model: OnnxModel): Understood {
  const sets = [...model.operatorSets]
    .slice(0, MAX_OPERATOR_SETS)
    .map(([domain, version]) => [domain || 'ai.onnx', version] as const);
  return {
    format: 'onnx',
    class: mainOperator(model.graph),
    library: model.producerName.slice(0, MAX_SHOWN_LENGTH) || 'unknown',
    ...(model.producerVersion && { libraryVersion: model.producerVersion.slice(0, MAX_SHOWN_LENGTH) }),
    details: { irVersion: model.irVersion, ...Object.fromEntries(sets) },
  };
}

/** The last classic model in the graph: scalers and encoders stand before it. */
function mainOperator({ nodes }: Graph): string {
  const models = nodes.filter(
    ({ domain, operator }) => domain === ML_DOMAIN && /Classifier|Regressor|Ensemble/.test(operator),
  );
  return models.at(-1)?.operator ?? 'graph';
}

function floatTrees({ graph }: OnnxModel, { inputs }: Features): readonly string[] {
  if (!inputs.some(({ type }) => type === 'float32') || !hasTrees(graph.nodes)) return [];
  return ['float32 input: rows near a split can take another branch than in the Python library'];
}

function hasTrees(nodes: readonly Node[]): boolean {
  return nodes.some(
    ({ operator, subgraphs }) =>
      operator.startsWith('TreeEnsemble') || subgraphs.some((graph) => hasTrees(graph.nodes)),
  );
}
