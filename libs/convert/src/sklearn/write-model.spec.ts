import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PyValue } from '../pickle/index.js';
import { convertEstimator } from './convert-estimator.js';
import { estimator, linearRegression, objects, pipeline, standardScaler } from './hand-made-estimator.js';

/** Of the numbers `plan` and `age`, and the boolean `flag`; `plan` and `flag` are categories. */
const TEXT = readFileSync(join(import.meta.dirname, '../../fixtures/lightgbm/number-categories-4.7.txt'), 'utf8');

const booster = (text = TEXT) =>
  estimator('lightgbm.sklearn.LGBMRegressor', { _Booster: estimator('lightgbm.basic.Booster', { _handle: text }) });
const inputsOf = (root: PyValue) => convertEstimator(root).wiring.inputs.map(({ features }) => features);

describe('writing a model with categories that are numbers', () => {
  const columns = [[0], [1], [2]];

  it('takes a tensor a column, though none holds text', () => {
    expect(inputsOf(booster())).toEqual(columns);
  });

  it('does so inside an estimator that hands the columns on', () => {
    const voting = estimator('sklearn.ensemble._voting.VotingRegressor', {
      estimators_: [linearRegression([1, 2, 3]), booster()],
      estimators: [],
      weights: null,
    });
    const target = estimator('sklearn.compose._target.TransformedTargetRegressor', {
      regressor_: booster(),
      transformer_: standardScaler([0], [2]),
    });
    expect([inputsOf(voting), inputsOf(target)]).toEqual([columns, columns]);
  });

  it('cannot be checked with rows of codes, which are none of its categories', () => {
    const ofNumbers = TEXT.replace('[false, true]', '[0, 1]');
    expect(convertEstimator(booster(ofNumbers)).signature.features[2].type).toBe('double');
    expect(convertEstimator(booster(ofNumbers)).check).toBeUndefined();
  });

  it('knows no limit of categories, as LightGBM takes unknown ones for missing', () => {
    const [plan, , flag] = convertEstimator(booster()).signature.features;
    expect(plan).toEqual({ name: 'plan', type: 'double', nullable: true });
    expect(flag).toEqual({ name: 'flag', type: 'boolean', nullable: true });
  });

  it('is refused behind a step that makes an array of the columns', () => {
    const scaler = standardScaler([0, 0, 0], [1, 1, 1], { feature_names_in_: objects(['plan', 'age', 'flag']) });
    expect(() => convertEstimator(pipeline(scaler, booster()))).toThrow('need named columns');
  });
});
