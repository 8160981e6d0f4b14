import { unreadable } from '../trees/index.js';

/** A part of an XGBoost file, whether JSON or UBJSON: objects are Maps, arrays of numbers may be typed. */
export type Part = null | boolean | number | string | Numbers | readonly Part[] | Members;

/** The members of an object. */
export type Members = ReadonlyMap<string, Part>;

/** A list of numbers. */
export type Numbers = readonly number[] | Float64Array;

/** How deep parts may be nested; XGBoost writes less than twelve. */
export const MAX_DEPTH = 64;

export function membersOf(parent: Members, key: string): Members {
  const part = parent.get(key);
  return part instanceof Map ? part : unreadable(`the XGBoost model has no ${key}`);
}

export function optionalMembersOf(parent: Members, key: string): Members {
  const part = parent.get(key);
  return part instanceof Map ? part : new Map();
}

export function listOf(parent: Members, key: string): readonly Part[] {
  const part = parent.get(key);
  return Array.isArray(part) ? part : unreadable(`${key} of the XGBoost model is not a list`);
}

export function textOf(parent: Members, key: string): string {
  const part = parent.get(key);
  return typeof part === 'string' ? part : unreadable(`${key} of the XGBoost model is not a text`);
}

/** A list of exactly `count` numbers, or of any where it is not given; booleans are 0 and 1. */
export function numbersOf(parent: Members, key: string, count?: number): Float64Array {
  const part = parent.get(key);
  const isList = part instanceof Float64Array || Array.isArray(part);
  const numbers = isList ? Float64Array.from(part as ArrayLike<Part>, numberOf) : unreadable(`${key} is not a list`);
  if (count === undefined || numbers.length === count) return numbers;
  return unreadable(`${key} of the XGBoost model has ${numbers.length} numbers, not ${count}`);
}

/** A whole number of 0 and more, that XGBoost writes as text; `least` where it is missing. */
export function countOf(parent: Members, key: string, [least, most]: readonly [number, number]): number {
  const value = Number(parent.get(key) ?? least);
  if (!Number.isInteger(value) || value < 0 || value > most)
    return unreadable(`${key} of the XGBoost model is ${value}`);
  return Math.max(value, least);
}

function numberOf(part: Part): number {
  if (typeof part === 'number') return part;
  return typeof part === 'boolean'
    ? Number(part)
    : unreadable('the XGBoost model has something else in a list of numbers');
}
