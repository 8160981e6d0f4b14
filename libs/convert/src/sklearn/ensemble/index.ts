import type { ConverterFamily, ModelConverter } from '../converter.js';
import { objectsOf } from '../estimator/index.js';
import { forestClassifier, forestRegressor } from '../tree/index.js';
import { adaBoostClassifier } from './ada-boost-classifier.js';
import { adaBoostRegressor } from './ada-boost-regressor.js';
import { baggingClassifier, baggingRegressor } from './bagging.js';
import { gradientBoostingClassifier, gradientBoostingRegressor } from './gradient-boosting.js';
import { histGradientBoostingClassifier, histGradientBoostingRegressor } from './hist-gradient-boosting.js';
import { isolationForest } from './isolation-forest.js';
import { stackingClassifier, stackingRegressor } from './stacking.js';
import { votingClassifier, votingRegressor } from './voting.js';

const forestOfValues: ModelConverter = (forest) => forestRegressor(forest, objectsOf(forest, 'estimators_'));
const forestOfClasses: ModelConverter = (forest) => forestClassifier(forest, objectsOf(forest, 'estimators_'));

const HIST = 'sklearn.ensemble._hist_gradient_boosting.gradient_boosting';

/** Models that combine models. */
export const ensembleFamily: ConverterFamily = {
  models: new Map([
    ['sklearn.ensemble._forest.RandomForestRegressor', forestOfValues],
    ['sklearn.ensemble._forest.ExtraTreesRegressor', forestOfValues],
    ['sklearn.ensemble._forest.RandomForestClassifier', forestOfClasses],
    ['sklearn.ensemble._forest.ExtraTreesClassifier', forestOfClasses],
    ['sklearn.ensemble._gb.GradientBoostingRegressor', gradientBoostingRegressor],
    ['sklearn.ensemble._gb.GradientBoostingClassifier', gradientBoostingClassifier],
    [`${HIST}.HistGradientBoostingRegressor`, histGradientBoostingRegressor],
    [`${HIST}.HistGradientBoostingClassifier`, histGradientBoostingClassifier],
    ['sklearn.ensemble._weight_boosting.AdaBoostClassifier', adaBoostClassifier],
    ['sklearn.ensemble._weight_boosting.AdaBoostRegressor', adaBoostRegressor],
    ['sklearn.ensemble._bagging.BaggingRegressor', baggingRegressor],
    ['sklearn.ensemble._bagging.BaggingClassifier', baggingClassifier],
    ['sklearn.ensemble._iforest.IsolationForest', isolationForest],
    ['sklearn.ensemble._voting.VotingRegressor', votingRegressor],
    ['sklearn.ensemble._voting.VotingClassifier', votingClassifier],
    ['sklearn.ensemble._stacking.StackingRegressor', stackingRegressor],
    ['sklearn.ensemble._stacking.StackingClassifier', stackingClassifier],
  ]),
};
