import type { ConverterFamily, ModelConverter } from '../converter.js';
import { objectsOf } from '../estimator/index.js';
import { forestClassifier, forestRegressor } from '../tree/index.js';

const regressor: ModelConverter = (forest) => forestRegressor(forest, objectsOf(forest, 'estimators_'));
const classifier: ModelConverter = (forest) => forestClassifier(forest, objectsOf(forest, 'estimators_'));

/** Models that combine models. */
export const ensembleFamily: ConverterFamily = {
  models: new Map([
    ['sklearn.ensemble._forest.RandomForestRegressor', regressor],
    ['sklearn.ensemble._forest.ExtraTreesRegressor', regressor],
    ['sklearn.ensemble._forest.RandomForestClassifier', classifier],
    ['sklearn.ensemble._forest.ExtraTreesClassifier', classifier],
  ]),
};
