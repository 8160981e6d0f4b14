import type { ConverterFamily, ModelConverter } from '../converter.js';
import {
  convertLinearClassifier,
  convertLinearDiscriminantAnalysis,
  convertLogisticRegression,
  convertRidgeClassifier,
  convertSgdClassifier,
} from './linear-classifier.js';
import { convertLinearRegressor, convertLogLinearRegressor, convertTweedieRegressor } from './linear-regressor.js';
import { convertPlsRegression } from './partial-least-squares.js';
import { convertQuadraticDiscriminantAnalysis } from './quadratic-discriminant.js';
import { convertRansac } from './ransac.js';

const REGRESSORS: readonly (readonly [module: string, names: string])[] = [
  ['sklearn.linear_model._base', 'LinearRegression'],
  ['sklearn.linear_model._ridge', 'Ridge RidgeCV'],
  [
    'sklearn.linear_model._coordinate_descent',
    'Lasso LassoCV ElasticNet ElasticNetCV MultiTaskLasso MultiTaskLassoCV MultiTaskElasticNet MultiTaskElasticNetCV',
  ],
  ['sklearn.linear_model._least_angle', 'Lars LarsCV LassoLars LassoLarsCV LassoLarsIC'],
  ['sklearn.linear_model._omp', 'OrthogonalMatchingPursuit OrthogonalMatchingPursuitCV'],
  ['sklearn.linear_model._huber', 'HuberRegressor'],
  ['sklearn.linear_model._bayes', 'BayesianRidge ARDRegression'],
  ['sklearn.linear_model._theil_sen', 'TheilSenRegressor'],
  ['sklearn.linear_model._quantile', 'QuantileRegressor'],
  ['sklearn.linear_model._stochastic_gradient', 'SGDRegressor'],
  ['sklearn.linear_model._passive_aggressive', 'PassiveAggressiveRegressor'],
  ['sklearn.svm._classes', 'LinearSVR'],
];

const GLM = 'sklearn.linear_model._glm.glm';

/** Models that are a weighted sum of the columns, and what they make of it. */
export const linearFamily: ConverterFamily = {
  models: new Map<string, ModelConverter>([
    ...REGRESSORS.flatMap(([module, names]) => named(module, names, convertLinearRegressor)),
    ...named(GLM, 'PoissonRegressor GammaRegressor', convertLogLinearRegressor),
    ...named(GLM, 'TweedieRegressor', convertTweedieRegressor),
    ...named('sklearn.cross_decomposition._pls', 'PLSRegression', convertPlsRegression),
    ...named('sklearn.linear_model._ransac', 'RANSACRegressor', convertRansac),
    ...named('sklearn.linear_model._logistic', 'LogisticRegression LogisticRegressionCV', convertLogisticRegression),
    ...named('sklearn.linear_model._stochastic_gradient', 'SGDClassifier', convertSgdClassifier),
    ...named('sklearn.linear_model._perceptron', 'Perceptron', convertLinearClassifier),
    ...named('sklearn.linear_model._passive_aggressive', 'PassiveAggressiveClassifier', convertLinearClassifier),
    ...named('sklearn.svm._classes', 'LinearSVC', convertLinearClassifier),
    ...named('sklearn.linear_model._ridge', 'RidgeClassifier RidgeClassifierCV', convertRidgeClassifier),
    ...named('sklearn.discriminant_analysis', 'LinearDiscriminantAnalysis', convertLinearDiscriminantAnalysis),
    ...named('sklearn.discriminant_analysis', 'QuadraticDiscriminantAnalysis', convertQuadraticDiscriminantAnalysis),
  ]),
};

function named(module: string, names: string, converter: ModelConverter): [string, ModelConverter][] {
  return names.split(' ').map((name) => [`${module}.${name}`, converter]);
}
