import type { NamesByModule } from './names-by-module.js';

/** LightGBM 3.2 to 4.7 and XGBoost 1.5 to 3.2. */
export const BOOSTING_RECORDS: NamesByModule = [
  // The predictor is of the model that training went on from, whose trees the booster holds too.
  ['lightgbm.basic', 'Booster _InnerPredictor'],
  ['lightgbm.sklearn', 'LGBMClassifier LGBMModel LGBMRanker LGBMRegressor'],
  ['xgboost.core', 'Booster'],
  ['xgboost.sklearn', 'XGBClassifier XGBModel XGBRFClassifier XGBRFRegressor XGBRanker XGBRegressor'],
  // Only before 1.6, where the classifier kept its labels itself.
  ['xgboost.compat', 'XGBoostLabelEncoder'],
  // Settings of an estimator; they have done their work when it is saved.
  ['xgboost.callback', 'EarlyStopping EvaluationMonitor LearningRateScheduler'],
];
