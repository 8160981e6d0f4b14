import type { PyDType } from './dtype.js';
import type { NdArray } from './nd-array.js';
import type { PyDict, PySet } from './py-dict.js';
import type { PyObject } from './py-object.js';

/**
 * A Python value as data. An int is a number, or a bigint beyond 2^53; a float is a number; a list is an array; bytes and bytearray are
 * Uint8Array. Scalars of numpy are what they hold. Values may share parts and may contain themselves: see `walk`.
 */
export type PyValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PyList
  | PyTuple
  | PyDict
  | PySet
  | PyGlobal
  | PyObject
  | PyDType
  | NdArray;

/** A Python list. */
export type PyList = PyValue[];

/** A Python tuple. */
export class PyTuple {
  constructor(readonly items: readonly PyValue[]) {}
}

/** The name of a class or function and nothing else: there is no way from it to code. */
export class PyGlobal {
  readonly path: string;

  constructor(
    readonly module: string,
    readonly name: string,
  ) {
    this.path = `${module}.${name}`;
  }
}
