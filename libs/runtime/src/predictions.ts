import { type Label, type Prediction, ServingError, type Signature, type Task, type Wiring } from '@app/core';
import type { Tensor } from 'onnxruntime-node';

/** The output tensors of a run, by name. */
export type Outputs = Readonly<Record<string, Pick<Tensor, 'data'>>>;

/** An output tensor as rows of numbers (or labels) of equal width. */
interface Columns {
  readonly width: number;
  readonly data: ArrayLike<unknown>;
}

/** Reads the output tensors of a run as one prediction a row (DESIGN "What score is"). */
export function predictionsOf(signature: Signature, wiring: Wiring, outputs: Outputs, count: number): Prediction[] {
  const read = READERS[signature.task];
  const columns = Object.fromEntries(ROLES.map((role) => [role, columnsOf(wiring, outputs, role, count)]));
  const reader = { signature, wiring, columns };
  // Not Array.from: it looks in `{ length }` for each item first, which takes longer than reading a prediction.
  const predictions: Prediction[] = [];
  for (let row = 0; row < count; row++) predictions.push(read(reader, row));
  return predictions;
}

/** Adds predictions to others; not by a spread, whose many arguments would need too large a stack. */
export function append(all: Prediction[], more: readonly Prediction[]): Prediction[] {
  for (const prediction of more) all.push(prediction);
  return all;
}

const ROLES = ['score', 'probabilities', 'decision', 'label'] as const;

type Role = (typeof ROLES)[number];

/** The outputs of a run, by their role. */
interface RowReader {
  readonly signature: Signature;
  readonly wiring: Wiring;
  readonly columns: Readonly<Partial<Record<Role, Columns>>>;
}

const READERS: Readonly<Record<Task, (reader: RowReader, row: number) => Prediction>> = {
  regression: readRegression,
  binary: readClassifier,
  multiclass: readClassifier,
  outlier: (reader, row) => ({
    score: finite(numbersOf(reader, row, 'score')[0]!),
    label: Number(labelOf(reader, row)),
  }),
  clustering: readCluster,
  transform: (reader, row) => ({
    score: numbersOf(reader, row, 'score').map((value) => (Number.isNaN(value) ? null : finite(value))),
  }),
};

function readRegression(reader: RowReader, row: number): Prediction {
  const { width, data } = reader.columns.score!;
  if (width === 1) return { score: finite(Number(data[row])) };
  return { score: numbersOf(reader, row, 'score').map(finite) };
}

function readClassifier(reader: RowReader, row: number): Prediction {
  if (!reader.columns.probabilities && !reader.columns.decision) return readVote(reader, row);
  const role = reader.columns.probabilities ? 'probabilities' : 'decision';
  const values = numbersOf(reader, row, role).map(finite);
  const classes = reader.signature.classes ?? [];
  return { score: classScore(values), label: classLabel(reader, row), [role]: byClass(classes, values) };
}

// A row that the model refuses is near none of them, which is number -1.
function readCluster(reader: RowReader, row: number): Prediction {
  const label = Number(labelOf(reader, row));
  if (label < 0) throw notFinite('the model has no cluster for these features');
  return { score: label, label };
}

// A classifier that only votes has no number but its label: the score is the index of the class.
function readVote(reader: RowReader, row: number): Prediction {
  const label = classLabel(reader, row);
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

function classLabel(reader: RowReader, row: number): Label {
  const label = labelOf(reader, row);
  if (!reader.wiring.outputs.labelIsIndex) return label;
  const named = reader.signature.classes?.[Number(label)];
  if (named === undefined) throw notFinite(`label index ${String(label)} has no class`);
  return named;
}

function labelOf({ columns }: RowReader, row: number): Label {
  const label = columns.label!.data[row];
  return typeof label === 'bigint' ? Number(label) : (label as Label);
}

function numbersOf({ columns }: RowReader, row: number, role: Role): number[] {
  const { width, data } = columns[role]!;
  const numbers: number[] = [];
  for (let column = 0; column < width; column++) numbers.push(Number(data[row * width + column]));
  return numbers;
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
