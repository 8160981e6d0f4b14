import { ConversionRefused } from '../../../libs/convert/src/conversion-refused.js';
import { boostedCases, hostileLightgbmCases, readCase, type CorpusCase } from './corpus.js';
import { largestError } from './run-onnx.js';
import { predictionOf, scoreModel } from './score-model.js';

const ALL = boostedCases();
const CASES = ALL.filter((each) => !sendsTextForNumber(each));
const HOSTILE = hostileLightgbmCases();

/** XGBoost before 3.1 keeps no names of pandas categories: what the file takes is their codes, and a text is no number. */
function sendsTextForNumber({ id, inputs }: CorpusCase): boolean {
  const { features } = readCase(id);
  return features.some(({ type }, i) => type !== 'string' && inputs.rows.some((row) => typeof row[i] === 'string'));
}

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

  it('takes codes of categories where the file does not know their names, and says so', () => {
    for (const { id } of ALL.filter(sendsTextForNumber)) {
      expect(readCase(id).warnings.join()).toContain('codes');
    }
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
