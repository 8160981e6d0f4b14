import { type Prediction, ServingError, type Label, type Signature } from '@app/core';
import type { KeptPredictions } from '../../inference/prediction-request.js';
import type { Datatype } from './datatypes.js';
import { show } from './tensor.js';

/** A tensor of an answer; `data` is row-major, null where a value is missing. */
export interface OutputTensor {
  readonly name: string;
  readonly datatype: Datatype;
  readonly shape: readonly number[];
  readonly data: readonly (Label | null)[];
}

/** The parts of a prediction, each a tensor; which of them there are depends on the model. */
export type OutputName = 'score' | 'label' | 'probabilities' | 'decision';

/** Outputs of kept predictions, in the order asked for. */
export function outputsOf(kept: KeptPredictions, names: readonly OutputName[]): OutputTensor[] {
  return names.map((name) => outputOf(kept, name));
}

/** Throws OUTPUT_UNKNOWN for an output that the model does not have. */
export function checkOutputs(requested: readonly string[], there: readonly OutputName[]): void {
  const unknown = requested.find((name) => !there.includes(name as OutputName));
  if (unknown === undefined) return;
  const message = `${show(unknown)} is not an output of the model; it has ${there.join(', ')}`;
  throw new ServingError('malformed', 'OUTPUT_UNKNOWN', message);
}

function outputOf(kept: KeptPredictions, name: OutputName): OutputTensor {
  const { predictions, signature } = kept;
  const isByClass = name === 'probabilities' || name === 'decision';
  const data = isByClass ? classColumns(kept, name) : valuesOf(predictions, name);
  const datatype = name === 'label' ? labelDatatype(signature) : 'FP64';
  const shape = [predictions.length, data.length / predictions.length];
  return { name, datatype, shape, data: datatype === 'BYTES' ? data.map(String) : data };
}

// In the order of the classes, which objects do not keep: keys like 9 and 10 come first in them, the smallest before.
function classColumns({ predictions, signature }: KeptPredictions, name: 'probabilities' | 'decision'): number[] {
  const classes = (signature.classes ?? []).map(String);
  // A decision between two classes has one column, the second one's.
  const columns = classes.filter((column) => Object.hasOwn(predictions[0]![name]!, column));
  const values: number[] = [];
  for (const prediction of predictions) for (const column of columns) values.push(prediction[name]![column]!);
  return values;
}

// Pushed one by one: with `flatMap`, 100,000 rows hold up the event loop seven times as long.
function valuesOf(predictions: readonly Prediction[], name: 'score' | 'label'): readonly (Label | null)[] {
  const values: (Label | null)[] = [];
  for (const prediction of predictions) {
    const part = prediction[name]!;
    if (typeof part !== 'object') values.push(part);
    else values.push(...part);
  }
  return values;
}

/** The datatype of a model's labels; clusterers and outlier detectors have whole numbers. */
export function labelDatatype({ classes = [0] }: Signature): Datatype {
  if (classes.every((label) => Number.isSafeInteger(label))) return 'INT64';
  if (classes.every((label) => typeof label === 'number')) return 'FP64';
  return classes.every((label) => typeof label === 'boolean') ? 'BOOL' : 'BYTES';
}
