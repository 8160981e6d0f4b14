import { broken, tooComplex } from './pickle-fault.js';
import { NdArray } from './nd-array.js';
import { PyGlobal, PyTuple, type PyValue } from './values.js';

/**
 * A Python dict: any hashable key, equal keys are one key, the order of the file is kept. Never a plain object: `__proto__` is a key
 * like any other.
 */
export class PyDict {
  // Both are made when they are needed: a file can hold many more empty dicts than a Map each would be worth.
  #values: Map<unknown, PyValue> | undefined;
  /** The keys that are not their own identity. */
  #keys: Map<unknown, PyValue> | undefined;

  get size(): number {
    return this.#values?.size ?? 0;
  }

  get(key: PyValue): PyValue | undefined {
    return this.#values?.get(identityOf(key));
  }

  has(key: PyValue): boolean {
    return this.#values?.has(identityOf(key)) ?? false;
  }

  /** As in Python, an equal key that is already there stays, and gets the new value. */
  set(key: PyValue, value: PyValue): void {
    const identity = identityOf(key);
    if (identity !== key && !this.#values?.has(identity)) (this.#keys ??= new Map()).set(identity, key);
    (this.#values ??= new Map()).set(identity, value);
  }

  forEach(visit: (value: PyValue, key: PyValue) => void): void {
    this.#values?.forEach((value, identity) => visit(value, this.#keyOf(identity)));
  }

  entries(): readonly (readonly [key: PyValue, value: PyValue])[] {
    return Array.from(this.#values ?? [], ([identity, value]) => [this.#keyOf(identity), value]);
  }

  keys(): readonly PyValue[] {
    return Array.from(this.#values?.keys() ?? [], (identity) => this.#keyOf(identity));
  }

  values(): readonly PyValue[] {
    return [...(this.#values?.values() ?? [])];
  }

  #keyOf(identity: unknown): PyValue {
    const key = this.#keys?.get(identity);
    return key === undefined ? (identity as PyValue) : key;
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

// Each is spelled out again whenever it is looked up.
const MAX_KEY_PARTS = 100;
const MAX_PART_LENGTH = 1000;

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
  const isText = typeof part === 'string' || part instanceof Uint8Array;
  if (isText && part.length > MAX_PART_LENGTH) tooComplex(`a part of a dict key longer than ${MAX_PART_LENGTH}`);
  if (part instanceof Uint8Array) return `bytes ${Buffer.from(part).toString('hex')}`;
  if (part instanceof PyGlobal) return `global ${part.path}`;
  if (typeof part === 'string') return JSON.stringify(part);
  if (typeof part === 'boolean') return String(Number(part));
  if (part === null || typeof part === 'number' || typeof part === 'bigint') return String(part);
  return broken('a dict key that Python could not hash');
}
