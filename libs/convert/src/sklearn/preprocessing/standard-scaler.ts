import { booleanOf, type PyObject } from '../../pickle/index.js';
import type { Transformer } from '../converter.js';
import { vectorOf } from '../fitted-numbers.js';
import type { Arithmetic } from './arithmetic.js';
import { scaler } from './scaler.js';

/** (x - mean_) / scale_, each where it was asked for. */
export function convertStandardScaler(object: PyObject): Transformer {
  return centeredAndScaled(object, { with: 'with_mean', is: 'mean_' }, { with: 'with_std', is: 'scale_' });
}

/** (x - center_) / scale_, each where it was asked for. */
export function convertRobustScaler(object: PyObject): Transformer {
  return centeredAndScaled(object, { with: 'with_centering', is: 'center_' }, { with: 'with_scaling', is: 'scale_' });
}

interface Part {
  readonly with: string;
  readonly is: string;
}

function centeredAndScaled(object: PyObject, center: Part, scale: Part): Transformer {
  const centers = booleanOf(object, center.with) ? [vectorOf(object, center.is)] : [];
  const scales = booleanOf(object, scale.with) ? [vectorOf(object, scale.is)] : [];
  return scaler(
    object,
    [...centers.map((by) => step('sub', by)), ...scales.map((by) => step('div', by))],
    [...scales.map((by) => step('mul', by)), ...centers.map((by) => step('add', by))],
  );
}

function step(operation: Arithmetic['operation'], by: Float64Array): Arithmetic {
  return { operation, by };
}
