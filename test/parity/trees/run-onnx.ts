import { InferenceSession, Tensor } from 'onnxruntime-node';

/** The outputs of a model for rows of doubles, or for named columns. */
export async function runOnnx(
  model: Uint8Array,
  inputs: Readonly<Record<string, Tensor>>,
): Promise<Record<string, Float64Array>> {
  const session = await InferenceSession.create(model, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const results = await session.run(inputs);
  await session.release();
  return Object.fromEntries(Object.entries(results).map(([name, tensor]) => [name, doublesOf(tensor)]));
}

/** Doubles [count, width] as a tensor. */
export function rowsTensor(rows: Float64Array, width: number): Tensor {
  return new Tensor('float64', rows, [rows.length / width, width]);
}

/** The largest |got - expected| / max(1, |expected|); infinite where only one of two is NaN. */
export function largestError(got: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (got.length !== expected.length) return Infinity;
  return Array.from(got).reduce((largest, value, i) => Math.max(largest, errorOf(value, expected[i])), 0);
}

function errorOf(got: number, expected: number): number {
  if (Object.is(got, expected) || got === expected) return 0;
  const error = Math.abs(got - expected) / Math.max(1, Math.abs(expected));
  return Number.isNaN(error) ? Infinity : error;
}

function doublesOf(tensor: Tensor): Float64Array {
  return Float64Array.from(tensor.data as ArrayLike<number | bigint>, Number);
}
