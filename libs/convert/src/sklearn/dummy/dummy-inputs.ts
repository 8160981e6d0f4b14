import { className, type PyObject } from '../../pickle/index.js';
import type { ConversionContext } from '../converter.js';
import { statedInputs } from '../estimator/index.js';

/** The number of columns, which a dummy does not read and some versions do not keep. */
export function dummyInputs(object: PyObject, context: ConversionContext): number {
  const stated = statedInputs(object);
  if (stated === undefined)
    context.warn(`${className(object)} does not say how many features it takes: one is assumed.`);
  return stated ?? 1;
}
