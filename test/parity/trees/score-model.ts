import { MISSING_TEXT, type Rows, type Wiring } from '@app/core';
import { Tensor } from 'onnxruntime-node';
import { writeModel } from '../../../libs/convert/src/sklearn/write-model.js';
import type { DescribedModel } from '../../../libs/convert/src/fitted-model.js';
import { encodedRows, type Expected } from './fixtures.js';
import { runOnnx } from './run-onnx.js';

/** All outputs of a converted model in ONNX Runtime for rows of a fixture. */
export async function scoreModel(model: DescribedModel, rows: Expected['rows']): Promise<Record<string, Float64Array>> {
  const { onnx, wiring } = writeModel(model, model.features);
  return runOnnx(onnx, tensorsOf(wiring, encodedRows(rows, MISSING_TEXT)));
}

/** The numbers that the library's `predict` gives: values, the probability of the second of two classes, or one a class. */
export function predictionOf(model: DescribedModel, outputs: Partial<Record<string, Float64Array>>): Float64Array {
  const { score, probabilities } = outputs;
  if (score) return score;
  if (!probabilities) throw new Error('neither a score nor probabilities');
  return model.task === 'binary' ? probabilities.filter((_, i) => i % 2 === 1) : probabilities;
}

function tensorsOf({ inputs }: Wiring, rows: Rows): Record<string, Tensor> {
  return Object.fromEntries(inputs.map((input) => [input.name, tensorOf(input, rows)]));
}

function tensorOf({ type, features }: Wiring['inputs'][number], { count, width, numbers, texts }: Rows): Tensor {
  const places = Array.from({ length: count }, (_, row) => features.map((feature) => row * width + feature)).flat();
  const dims = [count, features.length];
  if (type === 'string')
    return new Tensor(
      'string',
      places.map((place) => texts[place]),
      dims,
    );
  return new Tensor(
    'float64',
    Float64Array.from(places, (place) => numbers[place]),
    dims,
  );
}
