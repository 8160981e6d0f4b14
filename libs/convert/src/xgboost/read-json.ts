import { unreadable } from '../trees/index.js';
import { MAX_DEPTH, type Part } from './document.js';

/** Reads a JSON model into Maps, so that no key of the file is a property of an object. */
export function readJson(bytes: Uint8Array): Part {
  return withMaps(parsed(bytes), 0);
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  } catch {
    return unreadable('the XGBoost model is not JSON, or it is cut');
  }
}

function withMaps(value: unknown, depth: number): Part {
  if (depth > MAX_DEPTH) unreadable(`the XGBoost model is nested deeper than ${MAX_DEPTH}`);
  if (Array.isArray(value)) return listOf(value, depth);
  if (typeof value !== 'object' || value === null) return value as Part;
  return new Map(Object.entries(value).map(([key, member]) => [key, withMaps(member, depth + 1)]));
}

function listOf(list: readonly unknown[], depth: number): Part {
  return isNumbers(list) ? list : list.map((item) => withMaps(item, depth + 1));
}

function isNumbers(list: readonly unknown[]): list is readonly number[] {
  return list.every((item) => typeof item === 'number');
}
