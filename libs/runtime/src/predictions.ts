import { type Label, type Prediction, ServingError, type Signature, type Task, type Wiring } from '@app/core';
import type { Tensor } from 'onnxruntime-node';

type Outputs = Readonly<Record<string, Tensor>>;
type Role = 'score' | 'probabilities' | 'decision' | 'label';

/** An output tensor as rows of numbers (or labels) of equal width. */
interface Columns {
  readonly width: number;
  readonly data: ArrayLike<unknown>;
}

/** Reads the output tensors of a run as one prediction a row (DESIGN "What score is"). */
export function predictionsOf(signature: Signature, wiring: Wiring, outputs: Outputs, count: number): Prediction[] {
  const read = READERS[signature.task];
  const columns = (role: Role): Columns | undefined => columnsOf(wiring, outputs, role, count);
  return Array.from({ length: count }, (_, row) => read({ signature, wiring, columns, row }));
}

interface RowReader {
  readonly signature: Signature;
  readonly wiring: Wiring;
  readonly columns: (role: Role) => Columns | undefined;
  readonly row: number;
}

const READERS: Readonly<Record<Task, (reader: RowReader) => Prediction>> = {
  regression: readRegression,
  binary: readClassifier,
  multiclass: readClassifier,
  outlier: (reader) => ({ score: finite(numbersOf(reader, 'score')[0]!), label: Number(labelOf(reader)) }),
  clustering: (reader) => ({ score: Number(labelOf(reader)), label: Number(labelOf(reader)) }),
  transform: (reader) => ({
    score: numbersOf(reader, 'score').map((value) => (Number.isNaN(value) ? null : finite(value))),
  }),
};

function readRegression(reader: RowReader): Prediction {
  const values = numbersOf(reader, 'score').map(finite);
  return { score: values.length === 1 ? values[0]! : values };
}

function readClassifier(reader: RowReader): Prediction {
  if (!reader.columns('probabilities') && !reader.columns('decision')) return readVote(reader);
  const role = reader.columns('probabilities') ? 'probabilities' : 'decision';
  const values = numbersOf(reader, role).map(finite);
  const classes = reader.signature.classes ?? [];
  return { score: classScore(values), label: classLabel(reader), [role]: byClass(classes, values) };
}

// A classifier that only votes has no number but its label: the score is the index of the class.
function readVote(reader: RowReader): Prediction {
  const label = classLabel(reader);
  return { score: (reader.signature.classes ?? []).indexOf(label), label };
}

// Of two classes the second is the positive one; a binary decision function has one value, the positive class's.
function classScore(values: readonly number[]): number {
  return values.length === 2 ? values[1]! : Math.max(...values);
}

function byClass(classes: readonly Label[], values: readonly number[]): Record<string, number> {
  const named = values.length === 1 ? classes.slice(1, 2) : classes;
  return Object.fromEntries(values.map((value, index) => [String(named[index]), value]));
}

function classLabel(reader: RowReader): Label {
  const label = labelOf(reader);
  if (!reader.wiring.outputs.labelIsIndex) return label;
  const named = reader.signature.classes?.[Number(label)];
  if (named === undefined) throw notFinite(`label index ${String(label)} has no class`);
  return named;
}

function labelOf({ columns, row }: RowReader): Label {
  const label = columns('label')!.data[row];
  return typeof label === 'bigint' ? Number(label) : (label as Label);
}

function numbersOf({ columns, row }: RowReader, role: Role): number[] {
  const { width, data } = columns(role)!;
  return Array.from({ length: width }, (_, column) => Number(data[row * width + column]));
}

function columnsOf(wiring: Wiring, outputs: Outputs, role: Role, count: number): Columns | undefined {
  const name = wiring.outputs[role];
  if (name === undefined) return undefined;
  const { data } = outputs[name]!;
  return { data: data as ArrayLike<unknown>, width: data.length / count };
}

function finite(value: number): number {
  if (Number.isFinite(value)) return value;
  throw notFinite(`the model answers ${value} for these features`);
}

function notFinite(message: string): ServingError {
  return new ServingError('invalid-input', 'RESULT_NOT_FINITE', message);
}
