import type { LabelOrigin } from './label-origin.js';
import { describeType, tensorTypeOf, type OnnxModel, type TensorValue, type Value } from './model.js';
import { notSupported, quoted, unreadable } from './refusals.js';

/** A tensor that a graph puts out, by the part its type lets it play. */
export interface TensorOutput {
  readonly name: string;
  readonly isText: boolean;
  /** Numbers a row, where the file says so. */
  readonly width?: number;
}

/** The outputs that carry the answer. */
export interface OutputRoles {
  readonly score: TensorOutput;
  readonly label?: TensorOutput;
  /** Outputs that are not answered. */
  readonly left: readonly string[];
}

/** A graph that gives a label beside its score. */
export interface Labelled {
  readonly score: TensorOutput;
  readonly label: TensorOutput;
  readonly origin: LabelOrigin;
}

const SUPPORTED =
  'export one float output (regression), a label and a float [N, classes] output (classification), ' +
  "or a label and `scores` (outlier detection, clustering); skl2onnx: options={'zipmap': False}";

const labelTypes: ReadonlySet<string> = new Set(['int64', 'int32', 'string']);
const extras: ReadonlySet<string> = new Set(['class_labels', 'decision_path', 'decision_leaf']);

/** Finds the label and the score among a graph's outputs; refuses, naming them all, where that cannot be told. */
export function outputRoles(model: OnnxModel): OutputRoles {
  const { outputs } = model.graph;
  if (new Set(outputs.map(({ name }) => name)).size < outputs.length)
    throw unreadable('it has two outputs of one name');
  const answers = outputs.filter(({ name }) => !extras.has(name));
  const label = onlyOne(model, answers.filter(isLabel), [/label/i]);
  const score = onlyOne(model, answers.filter(isScore), label ? [/^score_samples$/i, /prob/i, /scores?$/i] : []);
  if (!score || answers.some((output) => !isLabel(output) && !isScore(output))) throw unclear(model);
  const used = new Set([score.name, label?.name]);
  const left = outputs.map(({ name }) => name).filter((name) => !used.has(name));
  return { score: tensorOutput(score), left, ...(label && { label: tensorOutput(label) }) };
}

/** A refusal that names every output of the graph. */
export function unclear({ graph }: OnnxModel): Error {
  const outputs = graph.outputs.map(({ name, type }) => `${quoted(name)} (${describeType(type)})`);
  const found =
    outputs.length === 0
      ? 'has no outputs'
      : `has outputs whose meaning cannot be told: ${outputs.slice(0, 20).join(', ')}`;
  return notSupported(`the ONNX model ${found}`, SUPPORTED);
}

/** The only one, or the only one that the first telling name picks. */
function onlyOne(model: OnnxModel, outputs: readonly Value[], names: readonly RegExp[]): Value | undefined {
  if (outputs.length < 2) return outputs[0];
  const picked = names
    .map((name) => outputs.filter((output) => name.test(output.name)))
    .find(({ length }) => length > 0);
  if (picked?.length !== 1) throw unclear(model);
  return picked[0];
}

function isLabel({ type }: Value): boolean {
  return type.kind === 'tensor' && labelTypes.has(tensorTypeOf(type.elementType) ?? '') && isColumn(type);
}

function isScore({ type }: Value): boolean {
  return type.kind === 'tensor' && isFloat(type) && (type.shape?.length ?? 0) <= 2;
}

function isFloat({ elementType }: TensorValue): boolean {
  const type = tensorTypeOf(elementType);
  return type === 'float32' || type === 'float64';
}

function isColumn({ shape }: TensorValue): boolean {
  // Converters state no shape as [], and onnxmltools states [1] for [N]: ONNX Runtime goes by what it computes.
  return !shape || shape.length < 2 || (shape.length === 2 && (shape[1] ?? 1) === 1);
}

function tensorOutput({ name, type }: Value): TensorOutput {
  const { elementType, shape } = type as TensorValue;
  const width = shape?.length === 1 ? 1 : shape?.[1];
  return { name, isText: tensorTypeOf(elementType) === 'string', ...(typeof width === 'number' && { width }) };
}
