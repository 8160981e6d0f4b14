import { doublesOf, itemsOf } from './array-values.js';
import { className } from './class-name.js';
import { NdArray } from './nd-array.js';
import { unsupported } from './pickle-fault.js';
import { PyDict } from './py-dict.js';
import { PyObject } from './py-object.js';
import { PyTuple, type PyValue } from './values.js';

/** Tells the kind of value that is asked for from all others. */
type Kind<T extends PyValue> = (value: PyValue) => value is T;

/** The value of an attribute; refuses an object without it, which is most often an estimator that was never fitted. */
export function attribute(object: PyObject, name: string): PyValue {
  const value = object.get(name);
  return value === undefined ? unsupported(`${className(object)} has no ${name}; is it fitted?`) : value;
}

/** The value of an attribute, or undefined where it is missing or None. */
export function optionalAttribute(object: PyObject, name: string): PyValue | undefined {
  return object.get(name) ?? undefined;
}

function getter<T extends PyValue>(kind: Kind<T>, expected: string) {
  return (object: PyObject, name: string): T => checked(object, name, attribute(object, name), kind, expected);
}

function optionalGetter<T extends PyValue>(kind: Kind<T>, expected: string) {
  return (object: PyObject, name: string): T | undefined => {
    const value = optionalAttribute(object, name);
    return value === undefined ? undefined : checked(object, name, value, kind, expected);
  };
}

function checked<T extends PyValue>(
  object: PyObject,
  name: string,
  value: PyValue,
  kind: Kind<T>,
  expected: string,
): T {
  return kind(value) ? value : unsupported(`${name} of ${className(object)} is ${className(value)}, not ${expected}`);
}

const isNumber: Kind<number> = (value) => typeof value === 'number';
const isInteger: Kind<number> = (value): value is number => Number.isSafeInteger(value);
const isText: Kind<string> = (value) => typeof value === 'string';
const isBoolean: Kind<boolean> = (value) => typeof value === 'boolean';
const isArray: Kind<NdArray> = (value) => value instanceof NdArray;
const isObject: Kind<PyObject> = (value) => value instanceof PyObject;
const isDict: Kind<PyDict> = (value) => value instanceof PyDict;

/** A number, whole or not; numpy scalars included. */
export const numberOf = getter(isNumber, 'a number');
/** A whole number that a double holds exactly. */
export const integerOf = getter(isInteger, 'an integer');
/** A text. */
export const textOf = getter(isText, 'a text');
/** True or false. */
export const booleanOf = getter(isBoolean, 'a boolean');
/** A numpy array. */
export const arrayOf = getter(isArray, 'an array');
/** An instance of a class. */
export const objectOf = getter(isObject, 'an object');
/** A dict. */
export const dictOf = getter(isDict, 'a dict');

/** As `numberOf`; undefined where the attribute is missing or None, as for all that follow. */
export const optionalNumberOf = optionalGetter(isNumber, 'a number');
/** As `integerOf`, or undefined. */
export const optionalIntegerOf = optionalGetter(isInteger, 'an integer');
/** As `textOf`, or undefined. */
export const optionalTextOf = optionalGetter(isText, 'a text');
/** As `booleanOf`, or undefined. */
export const optionalBooleanOf = optionalGetter(isBoolean, 'a boolean');
/** As `arrayOf`, or undefined. */
export const optionalArrayOf = optionalGetter(isArray, 'an array');
/** As `objectOf`, or undefined. */
export const optionalObjectOf = optionalGetter(isObject, 'an object');

/** The items of a list, a tuple or an array (of any shape, in C order). */
export function listOf(object: PyObject, name: string): readonly PyValue[] {
  return itemsOf(sequenceOf(object, name));
}

/** The numbers of an array, list or tuple, or one number alone, as doubles. */
export function numbersOf(object: PyObject, name: string): Float64Array {
  const value = attribute(object, name);
  if (value instanceof NdArray) return doublesOf(value);
  const items = isNumber(value) ? [value] : itemsOf(sequenceOf(object, name));
  return Float64Array.from(items, (item) => checked(object, name, item, isNumber, 'a list of numbers'));
}

function sequenceOf(object: PyObject, name: string): PyValue {
  const value = attribute(object, name);
  const isSequence = Array.isArray(value) || value instanceof PyTuple || value instanceof NdArray;
  return isSequence ? value : unsupported(`${name} of ${className(object)} is ${className(value)}, not a list`);
}
