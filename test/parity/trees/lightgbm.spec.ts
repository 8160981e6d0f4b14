import { readLightgbm } from '../../../libs/convert/src/lightgbm/index.js';
import { fixtures, numbersOf, readExpected, readModel } from './fixtures.js';
import { largestError, rowsTensor, runOnnx } from './run-onnx.js';
import { predictionOf, scoreModel } from './score-model.js';
import { writeModel } from '../../../libs/convert/src/sklearn/write-model.js';

const TOLERANCE = 1e-9;

describe.each(fixtures('lightgbm', '.txt'))('LightGBM model %s', (name) => {
  const expected = readExpected('lightgbm', name);
  const model = readLightgbm(readModel('lightgbm', name).toString(), expected.options);
  const hasColumns = expected.columns !== null;

  it(`predicts as ${expected.library} does`, async () => {
    const got = predictionOf(model, await scoreModel(model, expected.rows));
    const error = largestError(got, expected.predict.flat());
    if (process.env.SHOW_ERRORS) console.info(name, error);
    expect(error).toBeLessThanOrEqual(TOLERANCE);
  });

  (hasColumns ? it.skip : it)('has an evaluator that says the same as ONNX Runtime', async () => {
    const rows = model.checkRows(1000);
    const onnx = await runOnnx(writeModel(model, model.features).onnx, { x: rowsTensor(rows, model.inputs) });
    const error = largestError(predictionOf(model, onnx), predictionOf(model, { ...model.evaluate(rows, 1000) }));
    expect(error).toBeLessThanOrEqual(1e-14);
    const own = predictionOf(model, { ...model.evaluate(numbersOf(expected.rows), expected.rows.length) });
    expect(largestError(own, expected.predict.flat())).toBeLessThanOrEqual(TOLERANCE);
  });
});
