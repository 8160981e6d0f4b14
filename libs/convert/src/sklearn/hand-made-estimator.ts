import { NdArray, PyDict, PyGlobal, PyObject, PyTuple, type PyValue } from '../pickle/index.js';

/** For tests: an estimator of a class, with attributes as a pickle would give them. */
export function estimator(path: string, attributes: Readonly<Record<string, PyValue>>): PyObject {
  const end = path.lastIndexOf('.');
  const object = new PyObject(new PyGlobal(path.slice(0, end), path.slice(end + 1)));
  object.state = dict({ _sklearn_version: '1.5.2', ...attributes });
  return object;
}

/** For tests: a dict. */
export function dict(entries: Readonly<Record<string, PyValue>>): PyDict {
  const made = new PyDict();
  for (const [key, value] of Object.entries(entries)) made.set(key, value);
  return made;
}

/** For tests: an array of doubles. */
export function doubles(data: readonly number[], shape: readonly number[] = [data.length]): NdArray {
  const bytes = new Uint8Array(Float64Array.from(data).buffer);
  return NdArray.ofBytes({ shape, dtype: { kind: 'f', itemSize: 8, littleEndian: true }, isFortran: false }, bytes);
}

/** For tests: an array of Python objects. */
export function objects(items: readonly PyValue[]): NdArray {
  const array = new NdArray();
  const dtype = { kind: 'O', itemSize: 8, littleEndian: true };
  array.fillObjects({ shape: [items.length], dtype, isFortran: false }, [...items]);
  return array;
}

/** For tests: a scaler (x - mean) / scale. */
export function standardScaler(mean: readonly number[], scale: readonly number[], more: Record<string, PyValue> = {}) {
  return estimator('sklearn.preprocessing._data.StandardScaler', {
    with_mean: true,
    with_std: true,
    mean_: doubles(mean),
    scale_: doubles(scale),
    n_features_in_: mean.length,
    ...more,
  });
}

/** For tests: x · coefficients + 1. */
export function linearRegression(coefficients: readonly number[], more: Record<string, PyValue> = {}): PyObject {
  return estimator('sklearn.linear_model._base.LinearRegression', {
    coef_: doubles(coefficients),
    intercept_: 1,
    n_features_in_: coefficients.length,
    ...more,
  });
}

/** For tests: estimators one after the other. */
export function pipeline(...steps: readonly PyValue[]): PyObject {
  const named = steps.map((step, i) => new PyTuple([`step${i}`, step]));
  return estimator('sklearn.pipeline.Pipeline', { steps: named });
}

/** For tests: an encoder of text categories into zeros and ones. */
export function oneHotEncoder(categories: readonly PyValue[], handleUnknown: 'error' | 'ignore'): PyObject {
  return estimator('sklearn.preprocessing._encoders.OneHotEncoder', {
    categories_: [objects(categories)],
    handle_unknown: handleUnknown,
    drop_idx_: null,
    n_features_in_: 1,
  });
}

/** For tests: transformers of some columns each, given as [transformer, columns]. */
export function columnTransformer(
  width: number,
  parts: readonly (readonly [PyValue, PyValue])[],
  more: Record<string, PyValue> = {},
): PyObject {
  return estimator('sklearn.compose._column_transformer.ColumnTransformer', {
    n_features_in_: width,
    transformers_: parts.map(([step, columns], i) => new PyTuple([`part${i}`, step, columns])),
    ...more,
  });
}
