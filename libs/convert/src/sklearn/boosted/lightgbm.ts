import { readLightgbm, type LightgbmModel } from '../../lightgbm/index.js';
import { className, optionalIntegerOf, type PyObject } from '../../pickle/index.js';
import { unsupported, type EstimatorOptions } from '../../trees/index.js';
import type { ModelConverter } from '../converter.js';
import { boosterOf, statedClasses } from './wrapper.js';

/** A Booster: it says itself what it predicts. */
export const lightgbmBooster: ModelConverter = (booster) => modelOf(booster, {});

/** LGBMRegressor and LGBMRanker. */
export const lightgbmRegressor: ModelConverter = (wrapper) => modelOf(boosterOf(wrapper), { estimator: 'regressor' });

export const lightgbmClassifier: ModelConverter = (wrapper) => {
  const classes = statedClasses(wrapper);
  return modelOf(boosterOf(wrapper), { estimator: 'classifier', ...(classes && { classes }) });
};

function modelOf(booster: PyObject, options: EstimatorOptions): LightgbmModel {
  if (className(booster) !== 'lightgbm.basic.Booster') unsupported(`${className(booster)} in a LightGBM model`);
  // `handle` until 3.3, `_handle` since 4.0.
  const text = booster.get('_handle') ?? booster.get('handle');
  if (typeof text !== 'string') return unsupported('a LightGBM Booster that holds no model');
  const bestIteration = optionalIntegerOf(booster, 'best_iteration');
  return readLightgbm(text, { ...options, ...(bestIteration !== undefined && { bestIteration }) });
}
