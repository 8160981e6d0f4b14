import { className, optionalTextOf, type PyObject } from '../../pickle/index.js';
import { isOlderThan } from '../library-version.js';

/** The release from which each class routes NaN through its trees; before, predict refuses it. */
const SINCE: ReadonlyMap<string, string> = new Map([
  ['DecisionTreeRegressor', '1.3'],
  ['DecisionTreeClassifier', '1.3'],
  ['RandomForestRegressor', '1.4'],
  ['RandomForestClassifier', '1.4'],
  ['ExtraTreeRegressor', '1.6'],
  ['ExtraTreeClassifier', '1.6'],
  ['ExtraTreesRegressor', '1.6'],
  ['ExtraTreesClassifier', '1.6'],
]);

/** Whether `predict` takes NaN. */
export function takesMissing(object: PyObject): boolean {
  const since = SINCE.get(className(object).split('.').at(-1)!);
  if (since === undefined || isOlderThan(object, since)) return false;
  if (!isOlderThan(object, '1.9')) return true;
  const isConstrained = (object.get('monotonic_cst') ?? null) !== null;
  const isRandom = optionalTextOf(object, 'splitter') === 'random' && isOlderThan(object, '1.6');
  return !isConstrained && !isRandom && optionalTextOf(object, 'criterion') !== 'absolute_error';
}
