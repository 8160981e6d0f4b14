import { InferenceSession } from 'onnxruntime-node';
import type { Rows } from '@app/core';
import type { Converted } from '../../../libs/convert/src/converted.js';
import type { Parts } from './compare.js';
import { tensorOf } from './encode-rows.js';

/** What ONNX Runtime makes of rows, by part of the prediction. */
export async function score({ onnx, wiring }: Pick<Converted, 'onnx' | 'wiring'>, rows: Rows): Promise<Parts> {
  const options = { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 } as const;
  const session = await InferenceSession.create(onnx, options);
  const results = await session.run(
    Object.fromEntries(wiring.inputs.map((input) => [input.name, tensorOf(input, rows)])),
  );
  await session.release();
  return Object.fromEntries(
    Object.entries(results).map(([name, tensor]) => [
      name,
      Float64Array.from(tensor.data as ArrayLike<number>, Number),
    ]),
  );
}
