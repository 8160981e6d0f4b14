import { className, itemsOf, NdArray, PyObject, PyTuple, type PyValue } from '../../pickle/index.js';
import { unreadable, unsupported } from '../../trees/index.js';

/** The columns of a ColumnTransformer's input, and what they are called where that is known. */
export interface ColumnSet {
  readonly width: number;
  readonly names: readonly string[] | undefined;
}

/** Columns as a ColumnTransformer names them (a name, a number, a list of them, a mask, a slice), as indices. */
export function columnIndices(selector: PyValue, columns: ColumnSet): readonly number[] {
  if (selector instanceof PyObject && selector.type.name === 'slice') return ofSlice(selector.args, columns);
  if (typeof selector === 'string' || typeof selector === 'number') return [indexOf(selector, columns)];
  const items = listed(selector);
  return items.length > 0 && items.every((item) => typeof item === 'boolean')
    ? ofMask(items, columns)
    : items.map((item) => indexOf(item, columns));
}

function listed(selector: PyValue): readonly PyValue[] {
  const isList = Array.isArray(selector) || selector instanceof PyTuple || selector instanceof NdArray;
  if (isList) return itemsOf(selector);
  // 1.5 and 1.6 keep the columns of the remainder in a UserList.
  const data =
    selector instanceof PyObject && selector.type.name === '_RemainderColsList' ? selector.get('data') : null;
  return Array.isArray(data) ? data : unsupported('a ColumnTransformer whose columns are chosen by a function');
}

function ofMask(mask: readonly boolean[], { width }: ColumnSet): number[] {
  if (mask.length !== width) unreadable(`a mask of ${mask.length} columns, where there are ${width}`);
  return mask.flatMap((isTaken, i) => (isTaken ? [i] : []));
}

function indexOf(item: PyValue, { width, names }: ColumnSet): number {
  const index = typeof item === 'string' ? (names?.indexOf(item) ?? -1) : fromEnd(item, width);
  if (Number.isInteger(index) && index >= 0 && index < width) return index;
  return unreadable(
    `the ColumnTransformer takes a column that is not there: ${typeof item === 'string' ? item : className(item)}`,
  );
}

function fromEnd(item: PyValue, width: number): number {
  return typeof item === 'number' ? (item < 0 ? item + width : item) : -1;
}

/** Names in a slice count in its end, numbers do not. */
function ofSlice([start, stop, step]: readonly PyValue[], columns: ColumnSet): number[] {
  if (step !== null && step !== 1) unsupported('a ColumnTransformer with a stepped slice of columns');
  const first = start === null ? 0 : bound(start, columns);
  const end = stop === null ? columns.width : bound(stop, columns) + Number(typeof stop === 'string');
  return Array.from({ length: Math.max(0, Math.min(end, columns.width) - first) }, (_, i) => first + i);
}

function bound(value: PyValue, columns: ColumnSet): number {
  if (typeof value === 'string') return indexOf(value, columns);
  const index = fromEnd(value, columns.width);
  return Number.isInteger(index) && index >= 0 ? index : unreadable('a ColumnTransformer with a broken slice');
}
