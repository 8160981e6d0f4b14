import type { ConverterFamily } from '../converter.js';
import { supportVectorClassifier } from './classifier.js';
import { oneClassMachine } from './one-class.js';
import { supportVectorRegressor } from './regressor.js';

export { decisionOfPairs, pairsOf, votesOf } from './pairs.js';

/** Support vector machines with kernels. */
export const svmFamily: ConverterFamily = {
  models: new Map([
    ['sklearn.svm._classes.SVR', supportVectorRegressor],
    ['sklearn.svm._classes.NuSVR', supportVectorRegressor],
    ['sklearn.svm._classes.SVC', supportVectorClassifier],
    ['sklearn.svm._classes.NuSVC', supportVectorClassifier],
    ['sklearn.svm._classes.OneClassSVM', oneClassMachine],
  ]),
};
