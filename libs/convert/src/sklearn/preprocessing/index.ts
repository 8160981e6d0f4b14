import type { ConverterFamily, TransformerConverter } from '../converter.js';
import { convertBinarizer } from './binarizer.js';
import { convertEliminatingModel } from './eliminating-model.js';
import * as selection from './feature-selection.js';
import { convertFunctionTransformer } from './function-transformer.js';
import { convertKBinsDiscretizer } from './k-bins-discretizer.js';
import { convertMaxAbsScaler, convertMinMaxScaler } from './min-max-scaler.js';
import { convertNormalizer } from './normalizer.js';
import { convertOneHotEncoder } from './one-hot-encoder.js';
import { convertOrdinalEncoder } from './ordinal-encoder.js';
import { convertPolynomialFeatures } from './polynomial-features.js';
import { convertPowerTransformer } from './power-transformer.js';
import { convertQuantileTransformer } from './quantile-transformer.js';
import { convertSelectFromModel } from './select-from-model.js';
import { convertSimpleImputer } from './simple-imputer.js';
import { convertSplineTransformer } from './spline-transformer.js';
import { convertRobustScaler, convertStandardScaler } from './standard-scaler.js';
import { convertTargetEncoder } from './target-encoder.js';

const UNIVARIATE = 'sklearn.feature_selection._univariate_selection';

/** Scalers, encoders, imputers and the selection of columns. */
export const preprocessingFamily: ConverterFamily = {
  models: new Map([
    ['sklearn.feature_selection._rfe.RFE', convertEliminatingModel],
    ['sklearn.feature_selection._rfe.RFECV', convertEliminatingModel],
  ]),
  transformers: new Map<string, TransformerConverter>([
    ['sklearn.preprocessing._data.StandardScaler', convertStandardScaler],
    ['sklearn.preprocessing._data.RobustScaler', convertRobustScaler],
    ['sklearn.preprocessing._data.MinMaxScaler', convertMinMaxScaler],
    ['sklearn.preprocessing._data.MaxAbsScaler', convertMaxAbsScaler],
    ['sklearn.preprocessing._data.Normalizer', convertNormalizer],
    ['sklearn.preprocessing._data.Binarizer', convertBinarizer],
    ['sklearn.preprocessing._data.PolynomialFeatures', convertPolynomialFeatures],
    ['sklearn.preprocessing._polynomial.PolynomialFeatures', convertPolynomialFeatures],
    ['sklearn.preprocessing._polynomial.SplineTransformer', convertSplineTransformer],
    ['sklearn.preprocessing._data.PowerTransformer', convertPowerTransformer],
    ['sklearn.preprocessing._data.QuantileTransformer', convertQuantileTransformer],
    ['sklearn.preprocessing._discretization.KBinsDiscretizer', convertKBinsDiscretizer],
    ['sklearn.preprocessing._encoders.OneHotEncoder', convertOneHotEncoder],
    ['sklearn.preprocessing._encoders.OrdinalEncoder', convertOrdinalEncoder],
    ['sklearn.preprocessing._target_encoder.TargetEncoder', convertTargetEncoder],
    ['sklearn.preprocessing._function_transformer.FunctionTransformer', convertFunctionTransformer],
    ['sklearn.impute._base.SimpleImputer', convertSimpleImputer],
    [`${UNIVARIATE}.SelectKBest`, selection.selectBy(selection.kBest)],
    [`${UNIVARIATE}.GenericUnivariateSelect`, selection.selectBy(selection.byMode)],
    [`${UNIVARIATE}.SelectPercentile`, selection.selectBy(selection.percentile)],
    [`${UNIVARIATE}.SelectFpr`, selection.selectBy(selection.falsePositiveRate)],
    [`${UNIVARIATE}.SelectFdr`, selection.selectBy(selection.falseDiscoveryRate)],
    [`${UNIVARIATE}.SelectFwe`, selection.selectBy(selection.familyWiseError)],
    ['sklearn.feature_selection._variance_threshold.VarianceThreshold', selection.convertVarianceThreshold],
    ['sklearn.feature_selection._from_model.SelectFromModel', convertSelectFromModel],
    ['sklearn.feature_selection._rfe.RFE', selection.convertStoredSupport],
    ['sklearn.feature_selection._rfe.RFECV', selection.convertStoredSupport],
    ['sklearn.feature_selection._sequential.SequentialFeatureSelector', selection.convertStoredSupport],
  ]),
};
