import type { Label } from '@app/core';
import { className, labelsOf, PyObject } from '../../pickle/index.js';
import { unsupported } from '../../trees/index.js';

/** The booster that a scikit-learn wrapper of LightGBM or XGBoost was fitted to. */
export function boosterOf(wrapper: PyObject): PyObject {
  const booster = wrapper.get('_Booster');
  return booster instanceof PyObject ? booster : unsupported(`${className(wrapper)} is not fitted`);
}

/** The classes of a wrapper, by the name each library and version gave them; undefined where they are the numbers 0, 1, … */
export function statedClasses(wrapper: PyObject): readonly Label[] | undefined {
  const encoder = wrapper.get('_le');
  const inEncoder = encoder instanceof PyObject ? encoder.get('classes_') : undefined;
  const classes = wrapper.get('_classes') ?? wrapper.get('classes_') ?? inEncoder ?? null;
  return classes === null ? undefined : labelsOf(classes);
}
