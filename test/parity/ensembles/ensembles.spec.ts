import type { Label } from '@app/core';
import { declareOutputs, GraphBuilder } from '../../../libs/convert/src/onnx-writer/index.js';
import { readPickle } from '../../../libs/convert/src/pickle/index.js';
import type { TableModel } from '../../../libs/convert/src/sklearn/converter.js';
import { largestError, rowsTensor, runOnnx } from '../trees/run-onnx.js';
import { casesOf, fileOf, type Case } from './cases.js';
import { DirectContext, isConverted } from './direct-context.js';

const CASES = casesOf(isConverted).filter(({ inputs }) => inputs.rows.flat().every((cell) => typeof cell !== 'string'));

type Numbers = Partial<Record<string, Float64Array>>;

async function outputsOf(model: TableModel, { inputs }: Case): Promise<Numbers> {
  const rows = Float64Array.from(inputs.rows.flat(), (cell) => (cell === null ? NaN : Number(cell)));
  const g = new GraphBuilder();
  declareOutputs(g, model.apply(g, g.input('x', 'double', model.inputs)));
  const outputs = await runOnnx(g.build(), { x: rowsTensor(rows, model.inputs) });
  if ('evaluate' in model) expectSame(outputs, (model as never as Evaluated).evaluate(rows, inputs.rows.length));
  return outputs;
}

interface Evaluated {
  evaluate(rows: Float64Array, count: number): Numbers;
}

/** ONNX Runtime and the evaluation without it agree. */
function expectSame(outputs: Numbers, evaluated: Numbers): void {
  for (const [part, numbers] of Object.entries(evaluated)) {
    expect([part, largestError(outputs[part] ?? [], numbers ?? []) < 1e-12]).toEqual([part, true]);
  }
}

const numbersOf = (values: Case['expected'][string]) =>
  Float64Array.from(values.flat(), (value) => (value === null ? NaN : Number(value)));

/** What scikit-learn calls each part of a prediction. */
function partsOf(model: TableModel, outputs: Numbers): Record<string, Float64Array | readonly Label[] | undefined> {
  const { score, probabilities, decision, label } = outputs;
  const names = label && Array.from(label, (index) => model.classes?.[index] ?? index);
  const second = probabilities && model.task === 'binary' ? probabilities.filter((_, i) => i % 2 === 1) : undefined;
  return {
    predict: model.task === 'regression' ? score : names,
    probabilityOfSecond: second,
    predict_proba: probabilities,
    decision_function: decision,
    score_samples: score,
  };
}

describe('scikit-learn models of trees, neighbours, kernels and other models', () => {
  if (CASES.length === 0) it.todo('need the corpus in ../shared/models/pickles');

  it.each(CASES.length === 0 ? [] : CASES)('answers as Python does: $id', async (each) => {
    const model = new DirectContext().model(readPickle(fileOf(each.id)).root);
    const parts = partsOf(model, await outputsOf(model, each));
    for (const [method, expected] of Object.entries(each.expected)) {
      if (method === 'transform') continue;
      const isBooster = each.class.endsWith('.Booster') && model.task === 'binary';
      const got = parts[isBooster ? 'probabilityOfSecond' : method];
      if (!(got instanceof Float64Array)) expect([method, got]).toEqual([method, expected]);
      else expect([method, Math.max(each.rtol, largestError(got, numbersOf(expected)))]).toEqual([method, each.rtol]);
    }
  });
});
