import { readLightgbm, type LightgbmModel } from '../../lightgbm/index.js';
import { className, optionalIntegerOf, type PyObject } from '../../pickle/index.js';
import { unsupported, type EstimatorOptions } from '../../trees/index.js';
import type { ModelConverter } from '../converter.js';
import { boosterOf, statedClasses } from './wrapper.js';

/** A Booster: it says itself what it predicts. */
export const lightgbmBooster: ModelConverter = (booster) => modelOf(booster, {});

/** LGBMRegressor and LGBMRanker. */
export const lightgbmRegressor: ModelConverter = (wrapper) =>
  modelOf(wholeBoosterOf(wrapper), { estimator: 'regressor' });

export const lightgbmClassifier: ModelConverter = (wrapper) => {
  const classes = statedClasses(wrapper);
  return modelOf(wholeBoosterOf(wrapper), { estimator: 'classifier', ...(classes && { classes }) });
};

const OFF: readonly unknown[] = [undefined, null, false, 'false', '-'];

/** The booster of a wrapper that predicts with all its trees, and does not stop where a row is decided. */
function wholeBoosterOf(wrapper: PyObject): PyObject {
  if (OFF.includes(wrapper.get('pred_early_stop'))) return boosterOf(wrapper);
  const advice = 'Set it to False by set_params and save again, which changes no tree';
  return unsupported(`${className(wrapper)} with pred_early_stop, which leaves out trees row by row`, advice);
}

function modelOf(booster: PyObject, options: EstimatorOptions): LightgbmModel {
  if (className(booster) !== 'lightgbm.basic.Booster') unsupported(`${className(booster)} in a LightGBM model`);
  // `handle` until 3.3, `_handle` since 4.0.
  const text = booster.get('_handle') ?? booster.get('handle');
  if (typeof text !== 'string') return unsupported('a LightGBM Booster that holds no model');
  const bestIteration = optionalIntegerOf(booster, 'best_iteration');
  return readLightgbm(text, { ...options, ...(bestIteration !== undefined && { bestIteration }) });
}
