import { broken, tooComplex } from './pickle-fault.js';
import { NdArray } from './nd-array.js';
import { PyGlobal, PyTuple, type PyValue } from './values.js';

type Entry = readonly [key: PyValue, value: PyValue];

/** A Python dict: any hashable key, equal keys are one key, the order of the file is kept. Never a plain object: `__proto__` is a key like any other. */
export class PyDict {
  // Made with the first entry: a file can hold many more empty dicts than a Map each would be worth.
  #entries: Map<unknown, Entry> | undefined;

  get size(): number {
    return this.#entries?.size ?? 0;
  }

  get(key: PyValue): PyValue | undefined {
    return this.#entries?.get(identityOf(key))?.[1];
  }

  has(key: PyValue): boolean {
    return this.#entries?.has(identityOf(key)) ?? false;
  }

  set(key: PyValue, value: PyValue): void {
    this.#entries ??= new Map();
    this.#entries.set(identityOf(key), [key, value]);
  }

  entries(): readonly Entry[] {
    return [...(this.#entries?.values() ?? [])];
  }

  keys(): readonly PyValue[] {
    return this.entries().map(([key]) => key);
  }

  values(): readonly PyValue[] {
    return this.entries().map(([, value]) => value);
  }
}

/** A Python set or frozenset, in the order of the file. */
export class PySet {
  readonly #members = new PyDict();

  add(member: PyValue): void {
    this.#members.set(member, true);
  }

  has(member: PyValue): boolean {
    return this.#members.has(member);
  }

  get items(): readonly PyValue[] {
    return [...this.#members.keys()];
  }
}

/** Equal for two keys exactly if Python calls them equal: 1 == 1.0 == True, tuples by content, objects by identity. */
function identityOf(key: PyValue): unknown {
  if (typeof key === 'string') return key.startsWith('\0') ? `\0text ${key}` : key;
  if (typeof key === 'boolean') return Number(key);
  if (typeof key === 'number' || typeof key === 'bigint' || key === null) return key;
  if (key instanceof PyTuple || key instanceof Uint8Array || key instanceof PyGlobal) return `\0${spelling(key)}`;
  if (isMutable(key)) broken('a dict key or set member that Python could not hash');
  return key;
}

function isMutable(key: PyValue): boolean {
  return Array.isArray(key) || key instanceof PyDict || key instanceof PySet || key instanceof NdArray;
}

const MAX_KEY_PARTS = 1000;

/** Writes a compound key out, iteratively: tuples in tuples may be deep, and may share parts to grow without end. */
function spelling(key: PyValue): string {
  const words: string[] = [];
  const open: (PyValue | typeof CLOSE)[] = [key];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (words.length > MAX_KEY_PARTS) tooComplex(`a dict key of more than ${MAX_KEY_PARTS} parts`);
    words.push(part === CLOSE ? ')' : part instanceof PyTuple ? '(' : word(part));
    if (part instanceof PyTuple) open.push(CLOSE, ...part.items.slice(0, MAX_KEY_PARTS + 1).toReversed());
  }
  return words.join(' ');
}

const CLOSE = Symbol('end of tuple');

function word(part: PyValue): string {
  if (part instanceof Uint8Array) return `bytes ${Buffer.from(part).toString('hex')}`;
  if (part instanceof PyGlobal) return `global ${part.path}`;
  if (typeof part === 'string') return JSON.stringify(part);
  if (typeof part === 'boolean') return String(Number(part));
  if (part === null || typeof part === 'number' || typeof part === 'bigint') return String(part);
  return broken('a dict key that Python could not hash');
}
