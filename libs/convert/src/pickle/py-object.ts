import { PyDict } from './py-dict.js';
import { PyTuple, type PyGlobal, type PyList, type PyValue } from './values.js';

/** An instance of a class as the file describes it: what it was made with, and the state that was given to it. */
export class PyObject {
  state: PyValue | undefined;
  listItems: PyList | undefined;
  dictItems: PyDict | undefined;

  constructor(
    readonly type: PyGlobal,
    readonly args: readonly PyValue[] = [],
  ) {}

  /** The value of an attribute, if the state is made of attributes and has it. */
  get(name: string): PyValue | undefined {
    if (this.state instanceof PyDict) return this.state.get(name);
    return this.#slots()
      .map((slots) => slots.get(name))
      .find((value) => value !== undefined);
  }

  /** The state of a class with `__slots__`: a pair of dicts (or None), PEP 307. */
  #slots(): PyDict[] {
    const pair = this.state instanceof PyTuple && this.state.items.length === 2 ? this.state.items : [];
    return pair.filter((part) => part instanceof PyDict);
  }
}
