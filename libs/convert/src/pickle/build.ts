import { buildDType } from './constructors/dtype-state.js';
import { shapeOf } from './constructors/numpy.js';
import { PyDType } from './dtype.js';
import { isArrayWrapper, readWrappedArray } from './joblib-array.js';
import type { Machine } from './machine.js';
import { NdArray } from './nd-array.js';
import { broken } from './pickle-fault.js';
import { PyObject } from './py-object.js';
import { PyTuple, type PyValue } from './values.js';

/** BUILD: gives a state to the object on top of the stack. Nothing is called and no property is set: the state is kept as it is. */
export function build(machine: Machine, state: PyValue): void {
  const target = machine.top();
  if (target instanceof PyObject) buildObject(machine, target, state);
  else if (target instanceof NdArray) fillArray(machine, target, state);
  else if (target instanceof PyDType) buildDType(target, state);
  else broken('a state for something that has none');
}

function buildObject(machine: Machine, object: PyObject, state: PyValue): void {
  if (object.state !== undefined) broken(`the state of a ${object.type.path} is set twice`);
  object.state = state;
  // joblib writes an array's bytes right behind the object that describes it.
  if (isArrayWrapper(object)) machine.replaceTop(readWrappedArray(machine, object));
}

/** State of an array: (version, shape, dtype, is in Fortran order, bytes or list of objects). */
function fillArray(machine: Machine, array: NdArray, state: PyValue): void {
  const [, shape, dtype, isFortran, content] = itemsOf(state);
  if (!(dtype instanceof PyDType)) broken('an array without a dtype');
  const description = { shape: shapeOf(shape), dtype: dtype.dtype, isFortran: isFortran === true };
  if (dtype.dtype.kind === 'O') array.fillObjects(description, spendList(machine, content));
  else array.fillBytes(description, spendBytes(machine, content));
}

function itemsOf(state: PyValue): readonly PyValue[] {
  return state instanceof PyTuple && state.items.length === 5 ? state.items : broken('the state of an array');
}

const BYTES_PER_OBJECT = 8;

function spendList(machine: Machine, content: PyValue): PyValue[] {
  if (!Array.isArray(content)) broken('an object array whose content is not a list');
  machine.budget.spendData(BYTES_PER_OBJECT * content.length);
  return content;
}

function spendBytes(machine: Machine, content: PyValue): Uint8Array {
  if (!(content instanceof Uint8Array)) broken('an array whose content is not bytes');
  machine.budget.spendData(content.length);
  return content;
}
