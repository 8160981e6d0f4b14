import { cellValue, encoderOf, firstTwice, type NamedFeatures, type RowsInProgress, type Signature } from '@app/core';
import { bodyInvalid } from './invocations.errors.js';

/** Rows of any of the bodies that /invocations takes, before a signature is known. */
export interface InvocationRows {
  readonly count: number;
  addTo(rows: RowsInProgress, signature: Signature): void;
  /** The first row, where rows carry the names of their features. */
  readonly first?: (signature: Signature) => NamedFeatures;
}

/** Rows of named values. */
export function namedRows(records: readonly unknown[]): InvocationRows {
  return {
    count: records.length,
    addTo: (rows) => records.forEach((record, at) => rows.addNamed(objectOf(record, at))),
    first: () => objectOf(records[0], 0),
  };
}

/** Rows of values in signature order. */
export function orderedRows(lists: readonly unknown[]): InvocationRows {
  return {
    count: lists.length,
    addTo: (rows, signature) =>
      lists.forEach((list, at) => rows.addOrdered(listOf(list, signature.features.length, at))),
  };
}

/** Rows of values under column names that stand apart from them. */
export function columnRows(names: readonly string[], lists: readonly unknown[]): InvocationRows {
  const twice = firstTwice(names);
  if (twice !== undefined) throw bodyInvalid(`column ${JSON.stringify(twice)} is there twice`);
  const record = (list: unknown, at: number) => {
    const values = listOf(list, names.length, at);
    return Object.fromEntries(names.map((name, column) => [name, values[column]]));
  };
  return {
    count: lists.length,
    addTo: (rows) => lists.forEach((list, at) => rows.addNamed(record(list, at))),
    first: () => record(lists[0], 0),
  };
}

/** Rows of CSV: by the names of a header, or in signature order where there is none. */
export function textRows(names: readonly string[] | undefined, lists: readonly (readonly string[])[]): InvocationRows {
  return {
    count: lists.length,
    addTo: (rows, signature) => typedRows(signature, names, lists).addTo(rows, signature),
    ...(names && { first: (signature) => typedRows(signature, names, lists.slice(0, 1)).first!(signature) }),
  };
}

function typedRows(signature: Signature, names: readonly string[] | undefined, lists: readonly (readonly string[])[]) {
  const { features } = signature;
  if (!names && isHeader(features, lists[0]!)) throw bodyInvalid(NAMES_OR_VALUES);
  const encoder = encoderOf(signature);
  const typesInOrder = names ? names.map((name) => encoder.typeOf(name)) : features.map(({ type }) => type);
  const typed = lists.map((list) => list.map((text, at) => cellValue(typesInOrder[at], text)));
  return names ? columnRows(names, typed) : orderedRows(typed);
}

const NAMES_OR_VALUES =
  'the first row of the CSV is the names of the features, or values that look like them; send JSON, which can say which';

// Features may be called 0, 1, …: taken for a row, their names would be scored.
function isHeader(features: Signature['features'], cells: readonly string[]): boolean {
  const names = new Set(features.map(({ name }) => name));
  return cells.length === names.size && cells.every((cell) => names.delete(cell.trim()));
}

function objectOf(record: unknown, at: number): NamedFeatures {
  if (typeof record === 'object' && record !== null && !Array.isArray(record)) return record as NamedFeatures;
  throw bodyInvalid(`row ${at} is not an object of named features`);
}

function listOf(list: unknown, length: number, at: number): readonly unknown[] {
  if (Array.isArray(list) && list.length === length) return list;
  const came = Array.isArray(list) ? `has ${list.length} values` : 'is not a list';
  throw bodyInvalid(`row ${at} ${came}; a row has ${length} values`);
}
