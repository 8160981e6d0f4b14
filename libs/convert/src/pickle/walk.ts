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
  for (const value of values) {
    for (const part of partsOf(value)) {
      if (typeof part !== 'object' || part === null || seen.has(part)) continue;
      seen.add(part);
      unseen.push(part);
    }
  }
  return unseen;
}

/** What a value directly contains. */
export function partsOf(value: PyValue): readonly PyValue[] {
  if (Array.isArray(value)) return value;
  if (value instanceof PyTuple || value instanceof PySet) return value.items;
  if (value instanceof PyDict) return value.entries().flat();
  if (value instanceof PyObject) return partsOfObject(value);
  if (value instanceof NdArray && value.dtype.kind === 'O') return value.data as readonly PyValue[];
  return [];
}

function partsOfObject({ args, state, listItems, dictItems }: PyObject): readonly PyValue[] {
  return [...args, ...[state, listItems, dictItems].filter((part) => part !== undefined)];
}
