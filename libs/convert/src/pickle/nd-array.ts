import { checkReadable, type DType } from './dtype.js';
import { decodeNumbers, decodeTexts, type NumberElements } from './elements.js';
import { broken, tooComplex } from './pickle-fault.js';
import type { PyList, PyValue } from './values.js';

/** What an array holds, in C order whatever the order of the file; records (structured dtypes) stay bytes, see `structuredField`. */
export type Elements = NumberElements | readonly string[] | readonly PyValue[];

interface Content {
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** Packed elements in C order, or the elements themselves where the dtype is object. */
  readonly stored: Uint8Array | readonly PyValue[];
}

/** The description of an array as numpy and joblib store it. */
export interface ArrayDescription {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly isFortran: boolean;
}

/** A numpy array: shape, dtype and content; decoded when it is first asked for. */
export class NdArray {
  #content: Content | undefined;
  #elements: Elements | undefined;

  /** An array of packed elements. */
  static ofBytes(description: ArrayDescription, bytes: Uint8Array): NdArray {
    const array = new NdArray();
    array.fillBytes(description, bytes);
    return array;
  }

  /** Takes content once: `_reconstruct` makes an empty array, and BUILD fills it. */
  fillBytes({ shape, dtype, isFortran }: ArrayDescription, bytes: Uint8Array): void {
    checkReadable(dtype);
    const needed = sizeOf(shape) * dtype.itemSize;
    if (dtype.itemSize === 0 && sizeOf(shape) > 0) broken('an array of elements without a size');
    if (bytes.length !== needed) broken(`an array of ${bytes.length} bytes, where its shape needs ${needed}`);
    const stored = isFortran && shape.length > 1 ? inCOrder(bytes, shape, dtype.itemSize) : bytes;
    this.#fill({ shape, dtype, stored });
  }

  /** The same for elements of dtype object, which numpy lists in C order even where the array is in Fortran order. */
  fillObjects({ shape, dtype }: ArrayDescription, items: PyList): void {
    if (items.length !== sizeOf(shape)) broken(`an array of ${items.length} objects, its shape needs ${sizeOf(shape)}`);
    this.#fill({ shape, dtype, stored: [...items] });
  }

  #fill(content: Content): void {
    if (this.#content) broken('an array whose content is set twice');
    this.#content = content;
  }

  get isFilled(): boolean {
    return this.#content !== undefined;
  }

  get shape(): readonly number[] {
    return this.#filled.shape;
  }

  get dtype(): DType {
    return this.#filled.dtype;
  }

  /** The number of elements. */
  get size(): number {
    return sizeOf(this.shape);
  }

  /** The elements in C order. */
  get data(): Elements {
    return (this.#elements ??= decode(this.#filled));
  }

  /** The packed bytes of the elements in C order; empty for objects. */
  get bytes(): Uint8Array {
    const { stored } = this.#filled;
    return stored instanceof Uint8Array ? stored : new Uint8Array(0);
  }

  get #filled(): Content {
    return this.#content ?? broken('an array without content');
  }
}

function decode({ dtype, stored }: Content): Elements {
  if (!(stored instanceof Uint8Array)) return stored;
  if (dtype.kind === 'U' || dtype.kind === 'S') return decodeTexts(stored, dtype);
  return dtype.fields ? stored : decodeNumbers(stored, dtype);
}

const MAX_DIMENSIONS = 32;
const MAX_ELEMENTS = 2 ** 29;

/** Refuses a shape that no memory could hold, also where a 0 among huge dimensions makes it look empty. */
export function checkShape(dimensions: readonly PyValue[]): readonly number[] {
  if (dimensions.length > MAX_DIMENSIONS) broken(`an array of ${dimensions.length} dimensions`);
  const shape = dimensions.map((dimension) =>
    isLength(dimension) ? dimension : broken('an array with a false shape'),
  );
  const extent = shape.reduce((product, dimension) => product * Math.max(dimension, 1), 1);
  if (extent > MAX_ELEMENTS) tooComplex(`an array of shape ${shape.join(' x ')}`);
  return shape;
}

function isLength(value: PyValue): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, dimension) => product * dimension, 1);
}

/** Transposes packed elements from Fortran order (first index fastest) to C order (last index fastest). */
function inCOrder(bytes: Uint8Array, shape: readonly number[], itemSize: number): Uint8Array {
  const reordered = new Uint8Array(bytes.length);
  const index = shape.map(() => 0);
  const strides = shape.map((_, axis) => itemSize * sizeOf(shape.slice(0, axis)));
  for (let target = 0, source = 0; target < bytes.length; target += itemSize) {
    for (let i = 0; i < itemSize; i++) reordered[target + i] = bytes[source + i];
    source += stepInCOrder(index, shape, strides);
  }
  return reordered;
}

/** Moves the index to the next element in C order; returns how far that lies in the source. */
function stepInCOrder(index: number[], shape: readonly number[], strides: readonly number[]): number {
  let distance = 0;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    distance += strides[axis];
    if (++index[axis] < shape[axis]) break;
    distance -= shape[axis] * strides[axis];
    index[axis] = 0;
  }
  return distance;
}
