import { PyDType } from './dtype.js';
import { NdArray } from './nd-array.js';
import { PyDict, PySet } from './py-dict.js';
import { PyObject } from './py-object.js';
import { PyGlobal, PyTuple, type PyValue } from './values.js';

/** The Python class of a value, with its module where it has one: `sklearn.svm._classes.SVR`, `dict`, `numpy.ndarray`. */
export function className(value: PyValue): string {
  if (value instanceof PyObject) return value.type.path;
  if (value instanceof NdArray) return 'numpy.ndarray';
  if (value instanceof PyDType) return 'numpy.dtype';
  if (value instanceof PyGlobal) return 'type';
  return builtinName(value);
}

function builtinName(value: PyValue): string {
  if (value === null) return 'NoneType';
  if (Array.isArray(value)) return 'list';
  if (value instanceof PyTuple) return 'tuple';
  if (value instanceof PyDict) return 'dict';
  if (value instanceof PySet) return 'set';
  if (value instanceof Uint8Array) return 'bytes';
  return PRIMITIVES.get(typeof value) ?? 'object';
}

const PRIMITIVES: ReadonlyMap<string, string> = new Map([
  ['boolean', 'bool'],
  ['bigint', 'int'],
  ['number', 'number'],
  ['string', 'str'],
]);

/** The version of scikit-learn that an estimator states; LightGBM and XGBoost objects state none. */
export function libraryVersion(object: PyObject): string | undefined {
  const version = object.get('_sklearn_version');
  return typeof version === 'string' ? version : undefined;
}
