import type { ConverterFamily } from '../converter.js';
import { convertMlpClassifier, convertMlpRegressor } from './multilayer-perceptron.js';

/** Multilayer perceptrons. */
export const neuralFamily: ConverterFamily = {
  models: new Map([
    ['sklearn.neural_network._multilayer_perceptron.MLPRegressor', convertMlpRegressor],
    ['sklearn.neural_network._multilayer_perceptron.MLPClassifier', convertMlpClassifier],
  ]),
};
