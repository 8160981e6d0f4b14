import {
  encodeFeatures,
  type FeatureProblem,
  type Prediction,
  type Rows,
  ServingError,
  type Signature,
} from '@app/core';
import type { ModelRuntime } from '@app/runtime';
import type { SampleRow } from './sample-rows.js';

/** Largest difference that is taken where nothing is said, relative to the expected score (absolute below 1). */
export const DEFAULT_TOLERANCE = 1e-6;

/** How well a version reproduced the rows that came with it. */
export interface SampleResult {
  readonly rows: number;
  readonly tolerance: number;
  /** The largest difference, measured as the tolerance is. */
  readonly largestDifference: number;
}

const MOST_SHOWN = 10;
const ROWS_A_RUN = 1000;

/** Throws SAMPLE_DIFFERS with the first rows that differ where a model does not reproduce its sample. */
export async function checkSample(
  runtime: ModelRuntime,
  signature: Signature,
  sample: readonly SampleRow[],
  tolerance = DEFAULT_TOLERANCE,
): Promise<SampleResult> {
  const predictions = await predictAll(
    runtime,
    sample.map((row, i) => encodeRow(signature, row, i)),
  );
  const differences = predictions.map(({ score }, i) => largestDifference(score, sample[i]!.expected));
  const wrong = [...differences.keys()].filter((i) => !(differences[i]! <= tolerance));
  if (wrong.length > 0) throw differs(wrong, sample, predictions, tolerance);
  return { rows: sample.length, tolerance, largestDifference: differences.reduce((a, b) => Math.max(a, b), 0) };
}

function encodeRow(signature: Signature, { features }: SampleRow, index: number): Rows {
  try {
    return encodeFeatures(signature, features).rows;
  } catch (error) {
    if (!(error instanceof ServingError)) throw error;
    const message = `row ${index + 1} of the sample does not fit the model: ${error.message}`;
    throw new ServingError('invalid-input', 'SAMPLE_INVALID', message, { problems: error.problems });
  }
}

async function predictAll(runtime: ModelRuntime, rows: readonly Rows[]): Promise<Prediction[]> {
  const predictions: Prediction[] = [];
  for (let at = 0; at < rows.length; at += ROWS_A_RUN)
    predictions.push(...(await runtime.predict(stacked(rows.slice(at, at + ROWS_A_RUN)))));
  return predictions;
}

function stacked(rows: readonly Rows[]): Rows {
  const { width } = rows[0]!;
  const numbers = new Float64Array(rows.length * width);
  rows.forEach((row, i) => numbers.set(row.numbers, i * width));
  return { count: rows.length, width, numbers, texts: rows.flatMap(({ texts }) => texts) };
}

function largestDifference(score: Prediction['score'], expected: SampleRow['expected']): number {
  const [got, wanted] = [[score].flat(), [expected].flat()];
  if (got.length !== wanted.length) return Infinity;
  return Math.max(...wanted.map((number, i) => Math.abs((got[i] ?? NaN) - number) / Math.max(1, Math.abs(number))));
}

function differs(
  wrong: readonly number[],
  sample: readonly SampleRow[],
  predictions: readonly Prediction[],
  tolerance: number,
): ServingError {
  const problems = wrong.slice(0, MOST_SHOWN).map((i): FeatureProblem => ({
    feature: `row ${i + 1}`,
    problem: `the model answers ${JSON.stringify(predictions[i]!.score)}`,
    expected: JSON.stringify(sample[i]!.expected),
  }));
  const message = `the model does not reproduce ${wrong.length} of ${sample.length} rows of its sample within ${tolerance} (relative, absolute below 1), so it is not taken; row ${wrong[0]! + 1}: ${problems[0]!.problem} in place of ${problems[0]!.expected}`;
  return new ServingError('invalid-input', 'SAMPLE_DIFFERS', message, { problems });
}
