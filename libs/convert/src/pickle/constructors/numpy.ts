import { checkReadable, dtypeOf, PyDType } from '../dtype.js';
import type { Machine } from '../machine.js';
import { checkShape, NdArray } from '../nd-array.js';
import { broken, unsupported } from '../pickle-fault.js';
import { PyObject } from '../py-object.js';
import { PyGlobal, PyTuple, type PyValue } from '../values.js';

/** `numpy.dtype(code, align, copy)`; byte order and fields follow by BUILD. */
export function makeDType([code]: readonly PyValue[]): PyDType {
  return new PyDType(dtypeOf(typeof code === 'string' ? code : broken('a numpy dtype without a code')));
}

/** `_reconstruct(ndarray, (0,), b'b')`: an array without content, which follows by BUILD. */
export function reconstruct([type]: readonly PyValue[], machine: Machine): NdArray | PyObject {
  if (!(type instanceof PyGlobal)) broken('an array without a class');
  if (type.path === 'numpy.ndarray') return machine.expectContent(new NdArray());
  return machine.isRecord(type) ? new PyObject(type) : unsupported(`an array of class ${type.path}`);
}

/** `_frombuffer(bytes, dtype, shape, order)`: how protocol 5 writes arrays. */
export function fromBuffer([bytes, dtype, shape, order]: readonly PyValue[], machine: Machine): NdArray {
  if (!(bytes instanceof Uint8Array) || !(dtype instanceof PyDType)) broken('an array without bytes or dtype');
  if (order !== 'C' && order !== 'F') unsupported('an array in neither C nor Fortran order');
  if (dtype.dtype.kind === 'O') broken('an object array from bytes');
  machine.budget.spendData(bytes.length);
  return NdArray.ofBytes({ shape: shapeOf(shape), dtype: dtype.dtype, isFortran: order === 'F' }, bytes);
}

/** A shape as numpy writes it: a tuple, or one number. */
export function shapeOf(shape: PyValue | undefined): readonly number[] {
  if (shape instanceof PyTuple) return checkShape(shape.items);
  return checkShape(shape === undefined ? broken('an array without a shape') : [shape]);
}

/** `scalar(dtype, bytes)`: a number, boolean or text. */
export function makeScalar([dtype, bytes]: readonly PyValue[], machine: Machine): PyValue {
  if (!(dtype instanceof PyDType) || !(bytes instanceof Uint8Array)) broken('a numpy scalar without dtype or bytes');
  checkReadable(dtype.dtype);
  if (dtype.dtype.kind === 'O' || dtype.dtype.fields) unsupported('a numpy scalar that is an object or a record');
  machine.budget.spendData(bytes.length);
  const array = NdArray.ofBytes({ shape: [], dtype: dtype.dtype, isFortran: false }, bytes);
  return plainScalar(array.data[0], dtype.dtype.kind);
}

function plainScalar(value: PyValue, kind: string): PyValue {
  if (kind === 'b') return value === 1;
  const isSafe = typeof value === 'bigint' && Number.isSafeInteger(Number(value));
  return isSafe ? Number(value) : value;
}
