import type { ConverterFamily } from '../converter.js';
import { dummyClassifier } from './classifier.js';
import { dummyRegressor } from './regressor.js';

/** Models that do not look at their features. */
export const dummyFamily: ConverterFamily = {
  models: new Map([
    ['sklearn.dummy.DummyRegressor', dummyRegressor],
    ['sklearn.dummy.DummyClassifier', dummyClassifier],
  ]),
};
