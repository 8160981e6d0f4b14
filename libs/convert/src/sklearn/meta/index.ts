import type { ConverterFamily } from '../converter.js';
import { calibratedClassifier } from './calibrated-classifier.js';
import { frozenEstimator } from './frozen.js';
import { isotonicRegression } from './isotonic.js';
import { multiOutputRegressor, regressorChain } from './multi-output.js';
import { oneVsOne } from './one-vs-one.js';
import { oneVsRest } from './one-vs-rest.js';

/** Models around models, and the curves that calibrate them. */
export const metaFamily: ConverterFamily = {
  models: new Map([
    ['sklearn.calibration.CalibratedClassifierCV', calibratedClassifier],
    ['sklearn.frozen._frozen.FrozenEstimator', frozenEstimator],
    ['sklearn.isotonic.IsotonicRegression', isotonicRegression],
    ['sklearn.multiclass.OneVsOneClassifier', oneVsOne],
    ['sklearn.multiclass.OneVsRestClassifier', oneVsRest],
    ['sklearn.multioutput.MultiOutputRegressor', multiOutputRegressor],
    ['sklearn.multioutput.RegressorChain', regressorChain],
  ]),
};
