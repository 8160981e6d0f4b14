import { attribute, type PyObject } from '../../pickle/index.js';
import { modelBehind } from '../compose/pipeline.js';
import type { ConversionContext, TableModel } from '../converter.js';
import { convertStoredSupport } from './feature-selection.js';

/** RFE and RFECV as models: they predict with the estimator that was trained on the columns that stay. */
export function convertEliminatingModel(object: PyObject, context: ConversionContext): TableModel {
  return modelBehind(convertStoredSupport(object), context.model(attribute(object, 'estimator_')));
}
