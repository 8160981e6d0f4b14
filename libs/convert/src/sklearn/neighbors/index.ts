import type { ConverterFamily } from '../converter.js';
import { neighborsClassifier } from './classifier.js';
import { nearestCentroid } from './nearest-centroid.js';
import { neighborsRegressor } from './regressor.js';

/** Models that compare with training data, or with the centres of it. */
export const neighborsFamily: ConverterFamily = {
  models: new Map([
    ['sklearn.neighbors._classification.KNeighborsClassifier', neighborsClassifier],
    ['sklearn.neighbors._regression.KNeighborsRegressor', neighborsRegressor],
    ['sklearn.neighbors._nearest_centroid.NearestCentroid', nearestCentroid],
  ]),
};
