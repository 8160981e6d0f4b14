import { className, type PyObject } from '../../pickle/index.js';
import { unsupported } from '../../trees/index.js';
import { readXgboost, type XgboostModel, type XgboostOptions } from '../../xgboost/index.js';
import type { ModelConverter } from '../converter.js';
import { boosterOf, statedClasses } from './wrapper.js';

/** A Booster: it says itself what it predicts, and predicts with all its trees. */
export const xgboostBooster: ModelConverter = (booster) => modelOf(booster, { stopsAtBest: false });

/** XGBRegressor, XGBRFRegressor and XGBRanker. */
export const xgboostRegressor: ModelConverter = (wrapper) =>
  modelOf(boosterOf(wrapper), { estimator: 'regressor', ...wrapperOptions(wrapper) });

/** XGBClassifier and XGBRFClassifier. */
export const xgboostClassifier: ModelConverter = (wrapper) => {
  const classes = statedClasses(wrapper);
  return modelOf(boosterOf(wrapper), {
    estimator: 'classifier',
    ...wrapperOptions(wrapper),
    ...(classes && { classes }),
  });
};

function wrapperOptions(wrapper: PyObject): XgboostOptions {
  const missing = wrapper.get('missing') ?? NaN;
  if (typeof missing !== 'number') return unsupported(`${className(wrapper)} whose missing value is no number`);
  return { stopsAtBest: true, missing };
}

function modelOf(booster: PyObject, options: XgboostOptions): XgboostModel {
  if (className(booster) !== 'xgboost.core.Booster') unsupported(`${className(booster)} in an XGBoost model`);
  const bytes = booster.get('handle');
  return bytes instanceof Uint8Array ? readXgboost(bytes, options) : unsupported('an XGBoost Booster without a model');
}
