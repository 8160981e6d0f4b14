import { className, optionalIntegerOf, type PyObject } from '../../pickle/index.js';
import { tooComplex, unsupported } from '../../trees/index.js';

const NAMES = ['n_features_in_', '_n_features', 'n_features_'];
const MAX_INPUTS = 100_000;

/** The number of columns that an estimator says it was fitted on, if it says so. */
export function statedInputs(object: PyObject): number | undefined {
  const name = NAMES.find((candidate) => typeof object.get(candidate) === 'number');
  return name === undefined ? undefined : optionalIntegerOf(object, name);
}

/** The number of columns of X: as stated, else as a fitted part has it; refuses where the two differ. */
export function inputsOf(object: PyObject, measured?: number): number {
  const stated = statedInputs(object);
  const inputs = stated ?? measured ?? unsupported(`${className(object)} does not say how many features it takes`);
  if (measured !== undefined && measured !== inputs)
    unsupported(`${className(object)} takes ${inputs} features, but was fitted on ${measured}`);
  if (inputs < 1) unsupported(`${className(object)} takes ${inputs} features`);
  return inputs > MAX_INPUTS ? tooComplex(`${className(object)} takes more than ${MAX_INPUTS} features`) : inputs;
}
