import { writeModel } from '../../../libs/convert/src/sklearn/write-model.js';
import { readXgboost } from '../../../libs/convert/src/xgboost/index.js';
import { fixtures, readExpected, readModel } from './fixtures.js';
import { largestError, rowsTensor, runOnnx } from './run-onnx.js';
import { predictionOf, scoreModel } from './score-model.js';

// XGBoost sums in float32, ONNX Runtime in double.
const TOLERANCE = 2e-6;

const MODELS = fixtures('xgboost', '.json', '.ubj').filter((name) => !name.endsWith('.expected.json'));

describe.each(MODELS)('XGBoost model %s', (name) => {
  const expected = readExpected('xgboost', name);
  const model = readXgboost(readModel('xgboost', name), expected.options);

  it(`predicts as ${expected.library} does`, async () => {
    const got = predictionOf(model, await scoreModel(model, expected.rows));
    const error = largestError(got, expected.predict.flat());
    if (process.env.SHOW_ERRORS) console.info(name, error);
    expect(error).toBeLessThanOrEqual(TOLERANCE);
  });

  (expected.columns ? it.skip : it)('has an evaluator that says the same as ONNX Runtime', async () => {
    const rows = model.checkRows(1000);
    const onnx = await runOnnx(writeModel(model, model.features).onnx, { x: rowsTensor(rows, model.inputs) });
    const error = largestError(predictionOf(model, onnx), predictionOf(model, { ...model.evaluate(rows, 1000) }));
    expect(error).toBeLessThanOrEqual(1e-14);
  });
});
