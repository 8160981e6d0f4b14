import type { SelfCheck } from '@app/convert';
import { type Label, type Prediction, ServingError } from '@app/core';

/** Refuses a model whose ONNX does not answer what its source model answers; the rows lie on thresholds, where a wrong one shows. */
export function compareWithSource(
  predictions: readonly Prediction[],
  check: SelfCheck,
  classes: readonly Label[] = [],
): void {
  const { expected, outputsPerRow, relativeTolerance } = check;
  for (const [row, prediction] of predictions.entries()) {
    const got = numbersOf(prediction, classes);
    const wanted = expected.subarray(row * outputsPerRow, (row + 1) * outputsPerRow);
    if (got.length !== wanted.length) throw differs(`${got.length} numbers a row in place of ${wanted.length}`);
    wanted.forEach((number, i) => compare(got[i]!, number, relativeTolerance));
  }
}

// An object has an order of its own for names that are whole numbers: the model's order is that of its classes.
function numbersOf(
  { score, probabilities, decision }: Prediction,
  classes: readonly Label[],
): readonly (number | null)[] {
  const byClass = probabilities ?? decision;
  if (byClass) return classes.map(String).flatMap((name) => (Object.hasOwn(byClass, name) ? [byClass[name]!] : []));
  return typeof score === 'number' ? [score] : score;
}

function compare(got: number | null, wanted: number, tolerance: number): void {
  if (Number.isNaN(wanted) && got === null) return;
  const error = Math.abs((got ?? NaN) - wanted) / Math.max(1, Math.abs(wanted));
  if (!(error <= tolerance)) throw differs(`${got} in place of ${wanted}`);
}

function differs(how: string): ServingError {
  const message = `the converted model does not answer what the uploaded one does (${how}), so it is not served`;
  return new ServingError('malformed', 'MODEL_CHECK_FAILED', message);
}
