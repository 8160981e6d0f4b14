import { checkItemSize, type DType, type DTypeField, PyDType } from '../dtype.js';
import { broken, unsupported } from '../pickle-fault.js';
import { PyDict } from '../py-dict.js';
import { PyTuple, type PyValue } from '../values.js';

const MAX_FIELDS = 256;

/** State of a dtype: (version, byte order, subarray, field names, fields, item size, alignment, flags). */
export function buildDType(target: PyDType, state: PyValue): void {
  const [, order, subarray, names, fields, itemSize] = itemsOf(state);
  if (subarray !== null) unsupported('a numpy dtype of subarrays');
  const size = hasOwnSize(target.dtype) ? ownSize(itemSize, target.dtype) : target.dtype.itemSize;
  const dtype = { kind: target.dtype.kind, itemSize: size, littleEndian: order !== '>' };
  target.build(names === null ? dtype : { ...dtype, fields: fieldsOf(names, fields, size) });
}

function itemsOf(state: PyValue): readonly PyValue[] {
  return state instanceof PyTuple && state.items.length >= 7 ? state.items : broken('the state of a numpy dtype');
}

/** Texts and records state their size; numbers have it in their code, and state -1. */
function hasOwnSize({ kind }: DType): boolean {
  return kind === 'U' || kind === 'S' || kind === 'V';
}

function ownSize(itemSize: PyValue, { kind }: DType): number {
  if (typeof itemSize !== 'number' || !Number.isInteger(itemSize)) broken('a numpy dtype without a size');
  if (kind === 'U' && itemSize % 4 !== 0) broken('a text dtype of broken characters');
  return checkItemSize(itemSize);
}

function fieldsOf(names: PyValue, fields: PyValue, itemSize: number): readonly DTypeField[] {
  if (!(names instanceof PyTuple) || !(fields instanceof PyDict)) broken('a structured dtype without fields');
  if (names.items.length > MAX_FIELDS) unsupported(`a structured dtype of ${names.items.length} fields`);
  return names.items.map((name) => fieldOf(name, fields.get(name), itemSize));
}

function fieldOf(name: PyValue, entry: PyValue | undefined, itemSize: number): DTypeField {
  const [type, offset] = entry instanceof PyTuple ? entry.items : [];
  if (typeof name !== 'string' || !(type instanceof PyDType)) broken('a field of a structured dtype');
  // Records in records could double in fields at every level.
  if (type.dtype.kind === 'O' || type.dtype.fields) unsupported('a structured dtype that holds objects or records');
  if (!isOffset(offset) || offset + type.dtype.itemSize > itemSize) broken(`the place of field ${name} in its dtype`);
  return { name, dtype: type.dtype, offset };
}

function isOffset(value: PyValue | undefined): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
