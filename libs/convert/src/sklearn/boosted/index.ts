import type { ConverterFamily } from '../converter.js';
import { lightgbmBooster, lightgbmClassifier, lightgbmRegressor } from './lightgbm.js';
import { xgboostBooster, xgboostClassifier, xgboostRegressor } from './xgboost.js';

/** LightGBM and XGBoost, as pickles hold them. */
export const boostedFamily: ConverterFamily = {
  models: new Map([
    ['lightgbm.basic.Booster', lightgbmBooster],
    ['lightgbm.sklearn.LGBMRegressor', lightgbmRegressor],
    ['lightgbm.sklearn.LGBMRanker', lightgbmRegressor],
    ['lightgbm.sklearn.LGBMClassifier', lightgbmClassifier],
    ['xgboost.core.Booster', xgboostBooster],
    ['xgboost.sklearn.XGBRegressor', xgboostRegressor],
    ['xgboost.sklearn.XGBRanker', xgboostRegressor],
    ['xgboost.sklearn.XGBRFRegressor', xgboostRegressor],
    ['xgboost.sklearn.XGBClassifier', xgboostClassifier],
    ['xgboost.sklearn.XGBRFClassifier', xgboostClassifier],
  ]),
};
