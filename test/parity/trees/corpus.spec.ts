import { ConversionRefused } from '../../../libs/convert/src/conversion-refused.js';
import { boostedCases, hostileLightgbmCases, readCase, type CorpusCase } from './corpus.js';
import { largestError } from './run-onnx.js';
import { predictionOf, scoreModel } from './score-model.js';

const CASES = boostedCases();
const HOSTILE = hostileLightgbmCases();

/** The error against `predict_proba` of a classifier, `predict` of all others; labels must be equal. */
async function errorOf({ id, inputs, expected }: CorpusCase): Promise<number> {
  const model = readCase(id);
  const outputs = await scoreModel(model, inputs.rows);
  if (expected.predict_proba) return largestError(outputs.probabilities, expected.predict_proba.flat());
  const predicted = expected.predict?.flat() ?? [];
  const isLabels = outputs.label?.length === predicted.length && model.task === 'multiclass';
  return largestError(isLabels ? outputs.label : predictionOf(model, outputs), predicted);
}

(CASES.length > 0 ? describe : describe.skip)('boosted trees of the pickle corpus', () => {
  it.each(CASES)('predicts as the library does: $id', async (each) => {
    const error = await errorOf(each);
    if (process.env.SHOW_ERRORS) console.info(each.id, error);
    expect(error).toBeLessThanOrEqual(each.rtol);
  });

  it.each(HOSTILE)('refuses %s', (id) => {
    let refusal: unknown;
    try {
      readCase(id);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(ConversionRefused);
  });
});

if (CASES.length === 0) describe('the pickle corpus', () => it.todo('lies at ../shared/models/pickles'));
