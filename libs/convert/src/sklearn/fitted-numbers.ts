import { attribute, className, doublesOf, NdArray, numbersOf, type PyObject } from '../pickle/index.js';
import { tooComplex, unreadable, unsupported } from '../trees/index.js';

const MAX_WIDTH = 20_000;

/** Numbers in C order, `rows` times `columns`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/** The finite numbers of an attribute, `length` of them where that is given. */
export function vectorOf(object: PyObject, name: string, length?: number): Float64Array {
  const numbers = finite(numbersOf(object, name), object, name);
  if (length !== undefined && numbers.length !== length) {
    unreadable(`${name} of ${className(object)} has ${numbers.length} numbers, not ${length}`);
  }
  return numbers;
}

/** The finite numbers of an array of two dimensions; one dimension is one row. */
export function matrixOf(object: PyObject, name: string): Matrix {
  const value = attribute(object, name);
  if (!(value instanceof NdArray)) return unsupported(`${name} of ${className(object)} is ${className(value)}`);
  return matrixOfArray(value, object, name);
}

/** The same for an array that was taken out of a list. */
export function matrixOfArray(array: NdArray, object: PyObject, name: string): Matrix {
  const { shape } = array;
  if (shape.length < 1 || shape.length > 2) unsupported(`${name} of ${className(object)} is no matrix`);
  const [rows, columns] = shape.length === 1 ? [1, shape[0]] : shape;
  return { rows, columns, data: finite(doublesOf(array), object, name) };
}

/** The matrix with its rows as columns. */
export function transposed({ rows, columns, data }: Matrix): Matrix {
  const turned = data.map((_, i) => data[(i % rows) * columns + Math.floor(i / rows)]);
  return { rows: columns, columns: rows, data: turned };
}

/** Refuses a step of so many columns that no table needs them. */
export function checkWidth(width: number, what: string): number {
  return width > MAX_WIDTH ? tooComplex(`${what} gives more than ${MAX_WIDTH} columns`, 'Use fewer features') : width;
}

function finite(numbers: Float64Array, object: PyObject, name: string): Float64Array {
  if (!numbers.every(Number.isFinite)) unreadable(`${name} of ${className(object)} holds NaN or infinity`);
  return numbers;
}
