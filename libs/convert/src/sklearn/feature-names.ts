import { itemsOf, listOf, NdArray, PyDict, PyObject, type PyValue } from '../pickle/index.js';

const MAX_NESTING = 60;
const HOLDERS = ['best_estimator_', 'regressor_', 'estimator_'];

/** The names of the columns that an estimator was trained with, its own or those of its first step. */
export function featureNames(value: PyValue): readonly string[] | undefined {
  let inner: PyValue | undefined = value;
  for (let depth = 0; depth < MAX_NESTING && inner instanceof PyObject; depth++) {
    const names = storedNames(inner);
    if (names) return names;
    inner = firstInside(inner);
  }
  return undefined;
}

/** The names that an object itself keeps. */
export function storedNames(object: PyObject): readonly string[] | undefined {
  const names = object.get('feature_names_in_') ?? indexOfPandas(object.get('_df_columns'));
  if (!(names instanceof NdArray)) return undefined;
  const texts = itemsOf(names);
  const isUnique = new Set(texts).size === texts.length;
  return isUnique && texts.every((text) => typeof text === 'string') ? texts : undefined;
}

/** A ColumnTransformer of 0.24 keeps the columns as an Index of pandas. */
function indexOfPandas(index: PyValue | undefined): PyValue | undefined {
  const [, parts] = index instanceof PyObject ? index.args : [];
  return parts instanceof PyDict ? parts.get('data') : undefined;
}

/** The estimator that is given the columns first. */
function firstInside(object: PyObject): PyValue | undefined {
  if (object.type.name === 'Pipeline') return itemsOf(listOf(object, 'steps')[0] ?? [])[1];
  return HOLDERS.map((name) => object.get(name)).find((held) => held instanceof PyObject);
}
