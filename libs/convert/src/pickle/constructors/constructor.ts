import type { Machine } from '../machine.js';
import type { PyValue } from '../values.js';

/** Makes the value that a Python function would return, from its arguments. */
export type Constructor = (args: readonly PyValue[], machine: Machine) => PyValue;
