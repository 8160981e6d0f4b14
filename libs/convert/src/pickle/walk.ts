import { NdArray } from './nd-array.js';
import { tooComplex } from './pickle-fault.js';
import { PyDict, PySet } from './py-dict.js';
import { PyObject } from './py-object.js';
import { PyTuple, type PyValue } from './values.js';

/**
 * Calls `visit` with every container, object and array that can be reached, once each, nearest first. Safe for values that contain
 * themselves; refuses what lies more than `maxDepth` levels below the root.
 */
export function walk(root: PyValue, maxDepth: number, visit: (part: PyValue, depth: number) => void = () => {}): void {
  const seen = new Set<PyValue>([root]);
  let level: PyValue[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) tooComplex(`values nested more than ${maxDepth} levels deep`);
    for (const part of level) visit(part, depth);
    level = unseenParts(level, seen);
  }
}

function unseenParts(values: readonly PyValue[], seen: Set<PyValue>): PyValue[] {
  const unseen: PyValue[] = [];
  const take = (part: PyValue): void => {
    if (typeof part !== 'object' || part === null || seen.has(part)) return;
    seen.add(part);
    unseen.push(part);
  };
  for (const value of values) takeParts(value, take);
  return unseen;
}

/** Hands out what a value directly contains. */
function takeParts(value: PyValue, take: (part: PyValue) => void): void {
  if (Array.isArray(value)) value.forEach(take);
  else if (value instanceof PyTuple || value instanceof PySet) value.items.forEach(take);
  else if (value instanceof PyDict) takeEntries(value, take);
  else if (value instanceof PyObject) takePartsOfObject(value, take);
  else if (value instanceof NdArray && value.dtype.kind === 'O') (value.data as readonly PyValue[]).forEach(take);
}

function takeEntries(dict: PyDict, take: (part: PyValue) => void): void {
  dict.forEach((value, key) => {
    take(key);
    take(value);
  });
}

function takePartsOfObject({ args, state, listItems, dictItems }: PyObject, take: (part: PyValue) => void): void {
  args.forEach(take);
  for (const part of [state, listItems, dictItems]) if (part !== undefined) take(part);
}
