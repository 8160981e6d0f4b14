import type { Machine } from '../machine.js';
import { broken, unsupported } from '../pickle-fault.js';
import { PySet } from '../py-dict.js';
import type { PyValue } from '../values.js';

/** `_codecs.encode(text, 'latin1')`: how protocols 0 to 2 write bytes. */
export function codecsEncode([text, encoding]: readonly PyValue[], machine: Machine): Uint8Array {
  if (typeof text !== 'string' || (encoding !== 'latin1' && encoding !== 'latin-1'))
    unsupported('a call of _codecs.encode');
  machine.budget.spendData(text.length);
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

/** `bytes()`, `bytearray(bytes)` and `bytearray(text, 'latin-1')`. */
export function makeBytes([content, ...rest]: readonly PyValue[], machine: Machine): Uint8Array {
  if (content === undefined) return new Uint8Array(0);
  if (content instanceof Uint8Array) return content;
  return codecsEncode([content, ...rest], machine);
}

/** `set(list)` and `frozenset(list)`. */
export function makeSet([members = []]: readonly PyValue[], machine: Machine): PySet {
  if (!Array.isArray(members)) broken('a set of something that is not a list');
  machine.budget.spendData(BYTES_PER_MEMBER * members.length);
  const set = new PySet();
  for (const member of members) set.add(member);
  return set;
}

const BYTES_PER_MEMBER = 64;
