import { ServingError } from '@app/core';
import type { Datatype } from './datatypes.js';

/** A tensor as it came over the wire, checked: as many values as its shape says, each one of its datatype. */
export interface WireTensor {
  readonly name: string;
  readonly datatype: Datatype;
  readonly shape: readonly number[];
  /** Row-major; numbers, booleans or texts. */
  readonly data: ArrayLike<unknown>;
}

const MOST_DIMENSIONS = 8;
const LONGEST_SHOWN = 80;
const MOST_SHOWN = 20;

/** The number of values that a shape promises; nothing is allocated for it. */
export function sizeOfShape(tensor: string, shape: unknown): number {
  if (!Array.isArray(shape) || shape.length === 0 || shape.length > MOST_DIMENSIONS) {
    throw tensorInvalid(tensor, `has the shape ${show(shape)}; send a list of 1 to ${MOST_DIMENSIONS} whole numbers`);
  }
  const size = shape.reduce<number>((product, dimension) => product * checkDimension(tensor, dimension), 1);
  if (Number.isSafeInteger(size)) return size;
  throw tensorInvalid(tensor, `has the shape ${show(shape)}, which is larger than any request`);
}

function checkDimension(tensor: string, dimension: unknown): number {
  if (Number.isSafeInteger(dimension) && (dimension as number) > 0) return dimension as number;
  throw tensorInvalid(tensor, `has the dimension ${show(dimension)} in its shape; every dimension is 1 or more`);
}

/** The refusal of a tensor, by its name. */
export function tensorInvalid(tensor: string, problem: string): ServingError {
  return new ServingError('malformed', 'TENSOR_INVALID', `tensor ${show(tensor)} ${problem}`);
}

/** A value for a message: JSON, cut where it is long; of lists only flat ones, as others may be nested deeper than JSON can be written. */
export function show(value: unknown): string {
  if (typeof value === 'object' && value !== null && !isFlatList(value))
    return Array.isArray(value) ? 'a list' : 'an object';
  const text = typeof value === 'bigint' ? String(value) : (JSON.stringify(value) ?? 'undefined');
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

function isFlatList(value: object): boolean {
  return Array.isArray(value) && value.length <= MOST_SHOWN && !value.some((item) => typeof item === 'object');
}
