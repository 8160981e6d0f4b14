import type { ByteCursor } from './byte-cursor.js';
import type { GlobalPolicy } from './global-policy.js';
import type { Budget } from './limits.js';
import type { NdArray } from './nd-array.js';
import { Memo } from './memo.js';
import { broken, tooComplex } from './pickle-fault.js';
import { PyTuple, type PyGlobal, type PyList, type PyValue } from './values.js';

/** What all streams of one file share, and how to run another. */
export interface OpenFile {
  readonly input: ByteCursor;
  readonly budget: Budget;
  readonly globals: GlobalPolicy;
  run(machine: Machine): PyValue;
}

/** What one pickle stream works with: the bytes, a stack with marks, and a memo. It holds data and knows no opcode. */
export class Machine {
  readonly input: ByteCursor;
  readonly budget: Budget;
  protocol = 0;
  #stack: PyList = [];
  readonly #belowMarks: PyList[] = [];
  readonly #memo = new Memo();
  readonly #unfilled: NdArray[] = [];

  constructor(
    private readonly file: OpenFile,
    private readonly level = 0,
  ) {
    this.input = file.input;
    this.budget = file.budget;
  }

  /** Reads a pickle that lies inside this one, from here up to its STOP. */
  readNested(): PyValue {
    if (this.level >= this.budget.limits.maxNestedStreams) tooComplex('pickles in pickles');
    return this.file.run(new Machine(this.file, this.level + 1));
  }

  /** The value of the stream, at its STOP. */
  finish(): PyValue {
    if (this.#unfilled.some((array) => !array.isFilled)) broken('an array without content');
    return this.pop();
  }

  /** Holds the stream to filling the array before it ends. */
  expectContent(array: NdArray): NdArray {
    this.#unfilled.push(array);
    return array;
  }

  push(value: PyValue): void {
    if (this.#stack.length >= this.budget.limits.maxStackDepth) tooComplex('a stack without end');
    this.#stack.push(value);
  }

  /** Pushes something that takes memory of its own. */
  pushNew(value: PyValue): void {
    this.budget.spendObject();
    this.push(value);
  }

  pop(): PyValue {
    const value = this.#stack.pop();
    return value === undefined ? broken('nothing is left on the stack') : value;
  }

  top(): PyValue {
    const value = this.#stack.at(-1);
    return value === undefined ? broken('nothing is on the stack') : value;
  }

  replaceTop(value: PyValue): void {
    this.pop();
    this.push(value);
  }

  popTuple(): PyTuple {
    const value = this.pop();
    return value instanceof PyTuple ? value : broken('arguments that are not a tuple');
  }

  mark(): void {
    if (this.#belowMarks.length >= this.budget.limits.maxMarks) tooComplex('too many open marks');
    this.#belowMarks.push(this.#stack);
    this.#stack = [];
  }

  /** Everything above the last mark; the mark is gone. */
  popToMark(): PyList {
    const above = this.#stack;
    this.#stack = this.#belowMarks.pop() ?? broken('no mark is set');
    return above;
  }

  /** Drops the top value, or the mark if nothing lies above it. */
  drop(): void {
    if (this.#stack.length > 0) this.#stack.pop();
    else this.popToMark();
  }

  memoize(index = this.#memo.size): void {
    if (this.#memo.size >= this.budget.limits.maxMemoEntries) tooComplex('too many memo entries');
    this.#memo.set(index, this.top());
  }

  recall(index: number): PyValue {
    const value = this.#memo.get(index);
    return value === undefined ? broken(`memo entry ${index} does not exist`) : value;
  }

  pushGlobal(module: string, name: string): void {
    this.push(this.file.globals.admit(module, name));
  }

  /** Whether instances of the class may stand in a file as records. */
  isRecord(global: PyGlobal): boolean {
    return this.file.globals.roleOf(global) === 'record';
  }
}
