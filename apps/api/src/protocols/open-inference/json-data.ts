import { type Datatype, INTEGER_BOUNDS } from './datatypes.js';
import { show, tensorInvalid } from './tensor.js';

/** The values of a tensor's `data`, nested or flat, checked against its shape and its datatype. */
export function readJsonData(name: string, datatype: Datatype, shape: readonly number[], data: unknown): unknown[] {
  if (datatype === 'FP16' || datatype === 'BF16')
    throw tensorInvalid(name, `is ${datatype}, which has no JSON form; send it as binary data, or as FP32`);
  if (!Array.isArray(data)) throw tensorInvalid(name, 'has no `data`; send a list of its values');
  const values = Array.isArray(data[0]) ? flatten(name, shape, data) : data;
  checkCount(name, shape, values.length);
  return checkValues(name, datatype, values);
}

/** Refuses a number of values that is not the one that the shape says. */
export function checkCount(name: string, shape: readonly number[], count: number): void {
  const size = shape.reduce((product, dimension) => product * dimension, 1);
  if (count !== size) throw tensorInvalid(name, `has ${count} values, but its shape ${show(shape)} says ${size}`);
}

// Every list must be as long as its dimension: values of a ragged one would slip into other rows.
function flatten(name: string, [dimension, ...inner]: readonly number[], data: unknown): unknown[] {
  if (dimension === undefined) return [data];
  if (Array.isArray(data) && data.length === dimension) return data.flatMap((item) => flatten(name, inner, item));
  throw tensorInvalid(name, 'has nested `data` whose lists are not as long as its shape says');
}

function checkValues(name: string, datatype: Datatype, values: unknown[]): unknown[] {
  const isRight = CHECKS[datatype] ?? isNumber;
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    // A missing value: whether the model takes one is for its signature to say.
    if (value === null || isRight(value)) continue;
    throw tensorInvalid(name, `holds ${show(value)} (value ${at}), which is not a value of ${datatype}`);
  }
  return datatype === 'FP32' ? values.map(toSingle) : values;
}

const CHECKS: Readonly<Partial<Record<Datatype, (value: unknown) => boolean>>> = {
  BOOL: (value) => typeof value === 'boolean',
  BYTES: (value) => typeof value === 'string',
  FP32: (value) => isNumber(value) && Number.isFinite(Math.fround(value as number)),
  ...Object.fromEntries(
    Object.entries(INTEGER_BOUNDS).map(([datatype, [min, max]]) => [datatype, isIntegerWithin(min, max)]),
  ),
};

function isIntegerWithin(min: number, max: number) {
  return (value: unknown): boolean => Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value);
}

// As the binary form of the same tensor would hold it.
function toSingle(value: unknown): unknown {
  return value === null ? null : Math.fround(value as number);
}
