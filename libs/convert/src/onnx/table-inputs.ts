import type { TensorType } from '@app/core';
import { describeType, tensorTypeOf, type OnnxModel, type TensorValue, type Value } from './model.js';
import { notSupported, quoted, unreadable } from './refusals.js';

/** An input that takes columns of a table; `width` is null where the file leaves it free. */
export interface TableInput {
  readonly name: string;
  readonly type: TensorType;
  readonly rank: 1 | 2;
  readonly width: number | null;
}

const SUPPORTED =
  'export a graph that takes one [N, features] tensor, or named [N, 1] or [N] tensors, or several [N, k] tensors';

/** The inputs that a caller fills; refuses a graph that does not take rows of a table. */
export function tableInputs({ graph }: OnnxModel): readonly TableInput[] {
  // Old files list their constants among the inputs.
  const inputs = graph.inputs.filter(({ name }) => !graph.constants.has(name));
  if (inputs.length === 0) throw notSupported('the ONNX model has no inputs', SUPPORTED);
  if (new Set(inputs.map(({ name }) => name)).size < inputs.length) throw unreadable('it has two inputs of one name');
  return inputs.map(tableInput);
}

function tableInput(input: Value): TableInput {
  const { name, type } = input;
  if (type.kind !== 'tensor') throw notTabular(input);
  const elementType = tensorTypeOf(type.elementType);
  if (!elementType)
    throw notSupported(describeInput(input), 'export it with float32, double, whole-number, bool or string inputs');
  return { name, type: elementType, ...layout(input, type) };
}

function layout(input: Value, { shape }: TensorValue): Pick<TableInput, 'rank' | 'width'> {
  if (!shape || (shape.length !== 1 && shape.length !== 2)) throw notTabular(input);
  const [rows, width] = shape;
  if (rows !== null) throw fixedRows(input, rows);
  if (width === 0) throw notTabular(input);
  return shape.length === 1 ? { rank: 1, width: 1 } : { rank: 2, width };
}

function notTabular(input: Value): Error {
  return notSupported(`${describeInput(input)}, which is no row of a table`, SUPPORTED);
}

// A graph for one row may hold that 1 in a Reshape, too: setting it free here could change answers without a sign.
function fixedRows(input: Value, rows: number): Error {
  const found = `${describeInput(input)}: its first dimension is fixed to ${rows}, but requests are answered in batches`;
  return notSupported(
    found,
    "export it with a free first dimension (PyTorch: dynamic_axes={'input': {0: 'N'}}; skl2onnx: shape [None, n])",
  );
}

function describeInput({ name, type }: Value): string {
  return `the ONNX model's input ${quoted(name)} is ${describeType(type)}`;
}
