import { type AlsoKnown, type EncodedRows, encoderOf, type Feature, type Signature } from '@app/core';
import { tensorInvalid, type WireTensor } from './tensor.js';

/** Where the values of one feature lie: `data[first + row * step]`. */
interface Column {
  readonly data: ArrayLike<unknown>;
  readonly first: number;
  readonly step: number;
  readonly convert: (value: unknown) => unknown;
}

/**
 * Encodes the inputs of a request: one named [N, 1] or [N] tensor a feature, or a single [N, F] tensor in signature
 * order. Tensors whose names are in `alsoKnown` may stand beside the named ones.
 */
export function encodeTensors(signature: Signature, inputs: readonly WireTensor[], alsoKnown?: AlsoKnown): EncodedRows {
  const columns = isMatrix(signature, inputs)
    ? matrixColumns(signature, inputs[0]!)
    : namedColumns(signature, inputs, alsoKnown);
  return encodeColumns(signature, columns, inputs[0]!.shape[0]!);
}

/** The value of a feature in the first row; undefined where a single tensor stands for all features, or may do so. */
export function firstValueOf(inputs: readonly WireTensor[]): ((feature: string) => unknown) | undefined {
  if (inputs.length === 1) return undefined;
  return (feature) => inputs.find(({ name }) => name === feature)?.data[0];
}

function encodeColumns(signature: Signature, columns: readonly Column[], count: number): EncodedRows {
  const rows = encoderOf(signature).start(count);
  // One row for all of them: the encoder keeps none of it.
  const values = Array<unknown>(columns.length);
  for (let row = 0; row < count; row++) {
    for (let at = 0; at < values.length; at++) {
      const { data, first, step, convert } = columns[at]!;
      values[at] = convert(data[first + row * step]);
    }
    rows.addOrdered(values);
  }
  return rows.finish();
}

function isMatrix({ features }: Signature, [only, ...more]: readonly WireTensor[]): boolean {
  if (more.length > 0 || only!.shape.length !== 2 || only!.shape[1] !== features.length) return false;
  return features.length === 1 || !features.some(({ name }) => name === only!.name);
}

function matrixColumns({ features }: Signature, tensor: WireTensor): Column[] {
  return features.map((feature, first) => columnOf(feature, tensor, first, features.length));
}

function namedColumns(signature: Signature, inputs: readonly WireTensor[], alsoKnown?: AlsoKnown): Column[] {
  const byName = new Map<string, WireTensor>();
  for (const tensor of inputs) {
    if (byName.has(tensor.name)) throw tensorInvalid(tensor.name, 'is there twice');
    byName.set(tensor.name, tensor);
  }
  for (const tensor of inputs) checkNamed(signature, tensor, inputs[0]!, alsoKnown);
  return signature.features.map((feature) => {
    const tensor = byName.get(feature.name);
    if (!tensor) throw tensorInvalid(feature.name, `is missing; ${layout(signature)}`);
    return columnOf(feature, tensor, 0, 1);
  });
}

function checkNamed(signature: Signature, { name, shape }: WireTensor, first: WireTensor, alsoKnown?: AlsoKnown) {
  if (!encoderOf(signature).isKnown(name) && !alsoKnown?.has(name))
    throw tensorInvalid(name, `is not an input; ${layout(signature)}`);
  if (shape.length > 2 || (shape[1] ?? 1) !== 1)
    throw tensorInvalid(name, `has the shape [${shape.join(', ')}]; ${layout(signature)}`);
  if (shape[0] !== first.shape[0])
    throw tensorInvalid(name, `has ${shape[0]} rows, but ${JSON.stringify(first.name)} has ${first.shape[0]}`);
}

function columnOf(feature: Feature, { name, datatype, data }: WireTensor, first: number, step: number): Column {
  const isText = datatype === 'BYTES';
  if (isText !== (feature.type === 'string')) {
    const wanted = isText ? 'a number' : 'BYTES';
    throw tensorInvalid(name, `is ${datatype}, but feature ${JSON.stringify(feature.name)} takes ${wanted}`);
  }
  return { data, first, step, convert: conversionOf(feature, datatype === 'BOOL') };
}

// Whole numbers and truth values stand for one another only where nothing is lost: 0, 1.
function conversionOf({ type }: Feature, isTruth: boolean): Column['convert'] {
  if (type === 'boolean') return isTruth ? asIs : toTruth;
  return isTruth ? toNumber : asIs;
}

const toTruth = (value: unknown): unknown => (value === 0 || value === 1 ? value === 1 : value);
const toNumber = (value: unknown): unknown => (typeof value === 'boolean' ? Number(value) : value);
const asIs = (value: unknown): unknown => value;

const MOST_NAMES = 50;

function layout({ features }: Signature): string {
  const names = features.slice(0, MOST_NAMES).map(({ name }) => name);
  const all = names.length < features.length ? `${names.join(', ')}, …` : names.join(', ');
  return `send one [N, 1] tensor for each of ${all}, or a single [N, ${features.length}] tensor in that order`;
}
