import { attribute, type PyObject } from '../../pickle/index.js';
import type { ConversionContext, TableModel, Transformer } from '../converter.js';

/** A search over parameters predicts with the best estimator that it found. */
export function convertSearchModel(object: PyObject, context: ConversionContext): TableModel {
  return context.model(attribute(object, 'best_estimator_'));
}

/** The same where the best estimator is a transformer. */
export function convertSearchTransformer(object: PyObject, context: ConversionContext): Transformer {
  return context.transformer(attribute(object, 'best_estimator_'));
}
