import type { Feature, FeatureType, InputTensor, TensorType } from '@app/core';
import { MAX_FEATURES, MAX_NAME_LENGTH } from '../limits.js';
import { featureNamesOf, textsByName } from './metadata.js';
import type { OnnxModel } from './model.js';
import { notSupported, quoted, tooComplex } from './refusals.js';
import { tableInputs, type TableInput } from './table-inputs.js';

/** The features of a graph, and which tensors they fill. */
export interface Features {
  readonly features: readonly Feature[];
  readonly inputs: readonly InputTensor[];
  readonly namesFrom: 'file' | 'made-up';
  readonly warnings: readonly string[];
}

interface Names {
  readonly names: readonly string[];
  readonly namesFrom: 'file' | 'made-up';
}

type Column = TableInput & { readonly width: number };

/** Exporters' own names for an input: they say nothing about its one feature. */
const fillers: ReadonlySet<string> = new Set([
  'x',
  'input',
  'inputs',
  'float_input',
  'double_input',
  'features',
  'input_0',
  'f0',
]);

/** Reads the features off a graph's inputs: names from `feature_names`, else from the inputs, else made up. */
export function featuresOf(model: OnnxModel): Features {
  const given = featureNamesOf(model.metadata);
  const columns = withWidths(tableInputs(model), given);
  const total = columns.reduce((sum, { width }) => sum + width, 0);
  if (total > MAX_FEATURES) throw tooComplex(`it takes ${total} features; at most ${MAX_FEATURES} are served`);
  const { names, namesFrom } =
    given?.length === total ? { names: given, namesFrom: 'file' as const } : ownNames(columns);
  checkNames(names);
  return {
    features: describeFeatures(model, columns, names),
    inputs: inputTensors(columns),
    namesFrom,
    warnings: nameWarnings(model, given, total),
  };
}

function withWidths(inputs: readonly TableInput[], given: readonly string[] | undefined): readonly Column[] {
  return inputs.map((input) => {
    const width = input.width ?? (inputs.length === 1 ? given?.length : undefined);
    if (width === undefined) throw freeWidth(input);
    return { ...input, width };
  });
}

function freeWidth({ name }: TableInput): Error {
  const found = `the ONNX model does not say how many features its input ${quoted(name)} takes`;
  return notSupported(
    found,
    'export it with a fixed second dimension, or add `feature_names` (a JSON array) to its metadata_props',
  );
}

function ownNames(columns: readonly Column[]): Names {
  const isOneTable = columns.length === 1 && (columns[0].width > 1 || fillers.has(columns[0].name.toLowerCase()));
  if (isOneTable) return { names: Array.from({ length: columns[0].width }, (_, i) => `x${i}`), namesFrom: 'made-up' };
  const namesFrom = columns.every(({ width }) => width === 1) ? 'file' : 'made-up';
  return { names: columns.flatMap(columnNames), namesFrom };
}

function columnNames({ name, width }: Column): string[] {
  return width === 1 ? [name] : Array.from({ length: width }, (_, i) => `${name}_${i}`);
}

function checkNames(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    const problem = nameProblem(name, seen);
    if (problem)
      throw notSupported(`the ONNX model's feature name ${quoted(name)} ${problem}`, 'rename it and export again');
    seen.add(name);
  }
}

function nameProblem(name: string, seen: ReadonlySet<string>): string | undefined {
  if (name === '') return 'is empty';
  if (name.includes('\0')) return 'contains NUL';
  if (name.length > MAX_NAME_LENGTH) return `is longer than ${MAX_NAME_LENGTH} characters`;
  return seen.has(name) ? 'stands there twice' : undefined;
}

function describeFeatures(
  { metadata }: OnnxModel,
  columns: readonly Column[],
  names: readonly string[],
): readonly Feature[] {
  const units = textsByName(metadata, 'units');
  const descriptions = textsByName(metadata, 'descriptions');
  const types = columns.flatMap(({ type, width }) => Array.from({ length: width }, () => featureType(type)));
  return names.map((name, i) => {
    const unit = units.get(name);
    const description = descriptions.get(name);
    // Not nullable: what an unknown graph makes of NaN is its secret.
    return { name, type: types[i], ...(unit && { unit }), ...(description && { description }), nullable: false };
  });
}

function featureType(type: TensorType): FeatureType {
  if (type === 'float32' || type === 'float64') return 'double';
  if (type === 'string') return 'string';
  return type === 'bool' ? 'boolean' : 'integer';
}

function inputTensors(columns: readonly Column[]): readonly InputTensor[] {
  let next = 0;
  return columns.map(({ name, type, rank, width }) => {
    const features = Array.from({ length: width }, () => next++);
    return { name, type, rank, features };
  });
}

function nameWarnings({ metadata }: OnnxModel, given: readonly string[] | undefined, total: number): readonly string[] {
  if (!metadata.has('feature_names') || given?.length === total) return [];
  const found = given ? `${given.length} names` : 'no list of names';
  return [`metadata feature_names is ignored: it holds ${found}, and the model takes ${total} features`];
}
