import type { Label } from '@app/core';
import { typeName, type DTypeField } from './dtype.js';
import type { Elements } from './nd-array.js';
import { NdArray } from './nd-array.js';
import { broken, unsupported } from './pickle-fault.js';
import { PyTuple, type PyValue } from './values.js';

/** The numbers of an array in C order as doubles, rounded as numpy rounds; refuses texts, objects and records. */
export function doublesOf(array: NdArray): Float64Array {
  const { data } = array;
  if (data instanceof Float64Array) return data;
  if (!isNumeric(array)) unsupported(`an array of ${typeName(array.dtype)} where numbers are expected`);
  return Float64Array.from(data as ArrayLike<number | bigint>, Number);
}

/** The whole numbers of an array of integers or booleans in C order. */
export function integersOf(array: NdArray): number[] {
  if (!'biu'.includes(array.dtype.kind))
    unsupported(`an array of ${typeName(array.dtype)} where integers are expected`);
  return Array.from(array.data as ArrayLike<number | bigint>, safeInteger);
}

function safeInteger(value: number | bigint): number {
  const integer = Number(value);
  return Number.isSafeInteger(integer) ? integer : unsupported(`the integer ${value}, which no double holds`);
}

function isNumeric({ dtype }: NdArray): boolean {
  return !dtype.fields && 'biuf'.includes(dtype.kind);
}

/** One field of an array of records, as an array of the same shape. */
export function structuredField(array: NdArray, name: string): NdArray {
  const field = array.dtype.fields?.find((candidate) => candidate.name === name);
  if (!field) unsupported(`an array of records without the field ${name}`);
  return NdArray.ofBytes({ shape: array.shape, dtype: field.dtype, isFortran: false }, gather(array, field));
}

/** True if an array of records has the field: nodes of trees gained some over the versions. */
export function hasField(array: NdArray, name: string): boolean {
  return array.dtype.fields?.some((field) => field.name === name) ?? false;
}

function gather({ bytes, dtype, size }: NdArray, { dtype: { itemSize }, offset }: DTypeField): Uint8Array {
  const gathered = new Uint8Array(size * itemSize);
  for (let record = 0; record < size; record++) {
    const source = record * dtype.itemSize + offset;
    for (let i = 0; i < itemSize; i++) gathered[record * itemSize + i] = bytes[source + i];
  }
  return gathered;
}

/** The elements of an array, list or tuple as plain values: booleans are booleans, integers are numbers where a double holds them. */
export function itemsOf(sequence: PyValue): readonly PyValue[] {
  if (Array.isArray(sequence)) return sequence;
  if (sequence instanceof PyTuple) return sequence.items;
  if (sequence instanceof NdArray && !sequence.dtype.fields) return plainItems(sequence.data, sequence.dtype.kind);
  return unsupported('something that is neither array nor list where items are expected');
}

function plainItems(data: Elements, kind: string): readonly PyValue[] {
  if (kind === 'b') return Array.from(data as Uint8Array, (bit) => bit === 1);
  return Array.from(data as ArrayLike<PyValue>, narrowed);
}

function narrowed(value: PyValue): PyValue {
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** The elements of an array, list or tuple as class labels: texts, numbers or booleans. */
export function labelsOf(sequence: PyValue): Label[] {
  const labels = itemsOf(sequence).map((item) =>
    isLabel(item) ? item : unsupported('a class that is not text, number or boolean'),
  );
  if (new Set(labels).size < labels.length) broken('a classifier that lists a class twice');
  return labels;
}

function isLabel(value: PyValue): value is Label {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
