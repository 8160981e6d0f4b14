import type { ConverterFamily } from '../converter.js';
import { convertBernoulliNaiveBayes, convertComplementNaiveBayes, convertMultinomialNaiveBayes } from './discrete.js';
import { convertGaussianNaiveBayes } from './gaussian.js';

/** Naive Bayes classifiers. */
export const naiveBayesFamily: ConverterFamily = {
  models: new Map([
    ['sklearn.naive_bayes.GaussianNB', convertGaussianNaiveBayes],
    ['sklearn.naive_bayes.MultinomialNB', convertMultinomialNaiveBayes],
    ['sklearn.naive_bayes.ComplementNB', convertComplementNaiveBayes],
    ['sklearn.naive_bayes.BernoulliNB', convertBernoulliNaiveBayes],
  ]),
};
