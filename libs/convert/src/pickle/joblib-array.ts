import { shapeOf } from './constructors/numpy.js';
import { PyDType, type DType } from './dtype.js';
import type { Machine } from './machine.js';
import { NdArray } from './nd-array.js';
import { broken, unsupported } from './pickle-fault.js';
import type { PyObject } from './py-object.js';
import { PyGlobal, type PyValue } from './values.js';

/** What joblib puts in front of the bytes of an array (joblib/numpy_pickle.py). */
export const ARRAY_WRAPPER = 'joblib.numpy_pickle.NumpyArrayWrapper';

/** True for an object behind whose state an array's bytes follow. */
export function isArrayWrapper(object: PyObject): boolean {
  return object.type.path === ARRAY_WRAPPER;
}

/** Reads the array that follows its wrapper in the file. */
export function readWrappedArray(machine: Machine, wrapper: PyObject): NdArray {
  const dtype = dtypeOf(wrapper);
  if (dtype.kind === 'O') return readObjectArray(machine);
  skipPadding(machine, wrapper.get('numpy_array_alignment_bytes'));
  const shape = shapeOf(wrapper.get('shape'));
  const bytes = machine.input.take(shape.reduce((product, length) => product * length, dtype.itemSize));
  machine.budget.spendData(bytes.length);
  return NdArray.ofBytes({ shape, dtype, isFortran: wrapper.get('order') === 'F' }, bytes);
}

function dtypeOf(wrapper: PyObject): DType {
  const subclass = wrapper.get('subclass');
  if (!(subclass instanceof PyGlobal) || subclass.path !== 'numpy.ndarray')
    unsupported('a joblib array of another class');
  const dtype = wrapper.get('dtype');
  return dtype instanceof PyDType ? dtype.dtype : broken('a joblib array without a dtype');
}

/** joblib 1.2 and later align arrays: one byte says how many more to skip. */
function skipPadding(machine: Machine, alignment: PyValue | undefined): void {
  if (typeof alignment !== 'number') return;
  const padding = machine.input.uint8();
  if (padding > alignment) broken('a joblib array with too much padding');
  machine.input.take(padding);
}

/** An array of objects is a pickle of its own, right in the file. */
function readObjectArray(machine: Machine): NdArray {
  const array = machine.readNested();
  return array instanceof NdArray ? array : broken('a joblib object array that is not an array');
}
