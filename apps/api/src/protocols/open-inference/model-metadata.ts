import type { FeatureType, Task } from '@app/core';
import type { LoadedModel } from '@app/registry';
import type { Datatype } from './datatypes.js';
import { labelDatatype, type OutputName } from './output-tensors.js';

/** A tensor as metadata describes it; -1 is any size. */
export interface TensorMetadata {
  readonly name: string;
  readonly datatype: Datatype;
  readonly shape: readonly number[];
}

/** A tensor of the answer, as metadata describes it. */
export interface OutputMetadata extends TensorMetadata {
  readonly name: OutputName;
}

/** What the protocol tells of a model. */
export interface ModelMetadata {
  readonly name: string;
  readonly versions: readonly string[];
  readonly platform: string;
  readonly inputs: readonly TensorMetadata[];
  readonly outputs: readonly OutputMetadata[];
}

const INPUT_DATATYPES: Readonly<Record<FeatureType, Datatype>> = {
  double: 'FP64',
  integer: 'INT64',
  boolean: 'BOOL',
  string: 'BYTES',
};

/** The metadata of a live model: a named [N, 1] tensor a feature in, the parts of a prediction out. */
export function metadataOf(model: LoadedModel): ModelMetadata {
  const { name, version, signature } = model;
  const inputs = signature.features.map((feature) => ({
    name: feature.name,
    datatype: INPUT_DATATYPES[feature.type],
    shape: [-1, 1],
  }));
  return { name, versions: [String(version)], platform: 'onnx_onnxv1', inputs, outputs: describeOutputs(model) };
}

const HAVE_LABELS: readonly Task[] = ['binary', 'multiclass', 'outlier', 'clustering'];

/** The outputs of a model, in the order in which they are answered. */
function describeOutputs({ signature, outputs }: LoadedModel): OutputMetadata[] {
  const { task, classes = [] } = signature;
  const score = output('score', 'FP64', task === 'regression' || task === 'transform' ? -1 : 1);
  if (!HAVE_LABELS.includes(task)) return [score];
  const label = output('label', labelDatatype(signature), 1);
  if (classes.length === 0) return [score, label];
  if (outputs.probabilities !== undefined) return [score, label, output('probabilities', 'FP64', classes.length)];
  return outputs.decision === undefined ? [score, label] : [score, label, output('decision', 'FP64', -1)];
}

// Every request asks for them.
const knownNames = new WeakMap<LoadedModel, readonly OutputName[]>();

/** The names of a model's outputs, in the order in which they are answered. */
export function outputNames(model: LoadedModel): readonly OutputName[] {
  let names = knownNames.get(model);
  if (!names) knownNames.set(model, (names = describeOutputs(model).map(({ name }) => name)));
  return names;
}

function output(name: OutputName, datatype: Datatype, width: number): OutputMetadata {
  return { name, datatype, shape: [-1, width] };
}
