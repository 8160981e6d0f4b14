import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import type { RowFunctions } from '../converter.js';

/** One operation with a number for each column. */
export interface Arithmetic {
  readonly operation: 'add' | 'sub' | 'mul' | 'div';
  readonly by: Float64Array;
}

// Never multiply by 1/scale: the order and kind of operations decide on which side of a threshold a row ends.
const OPERATIONS: Readonly<Record<Arithmetic['operation'], (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
};

/** Adds operations to a graph, in order. */
export function calculate(g: GraphBuilder, x: Value, steps: readonly Arithmetic[]): Value {
  return steps.reduce((value, { operation, by }) => g[operation](value, by), x);
}

/** The same on rows of doubles, to the bit. */
export function calculateRows(rows: Float64Array, steps: readonly Arithmetic[]): Float64Array {
  return steps.reduce((values, { operation, by }) => {
    const compute = OPERATIONS[operation];
    return values.map((value, i) => compute(value, by[i % by.length]));
  }, rows);
}

/** Operations and their inverses on rows. */
export function onRows(forward: readonly Arithmetic[], backward: readonly Arithmetic[]): RowFunctions {
  return {
    transform: (rows) => calculateRows(rows, forward),
    inverse: (rows) => calculateRows(rows, backward),
  };
}
