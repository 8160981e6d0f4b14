import { attribute, type PyObject } from '../../pickle/index.js';
import type { ConversionContext, TableModel } from '../converter.js';

/** The model that was trained on what RANSAC kept. */
export function convertRansac(object: PyObject, context: ConversionContext): TableModel {
  return context.model(attribute(object, 'estimator_'));
}
