import type { GraphBuilder, Value } from '../onnx-writer/index.js';
import type { MissingRule } from './converter.js';
import type { Table } from './table.js';

// From here on, the nearest float32 is infinity.
const TOO_LARGE_FOR_FLOAT32 = 2 ** 128 - 2 ** 103;

/** The table behind scikit-learn's look at its numbers: rows that it would raise for are left without an answer. */
export function checkedTable(g: GraphBuilder, table: Table, missing: MissingRule): Table {
  if (!table.isUnchecked) return table;
  for (const numbers of table.numbers(g)) refuseNotFinite(g, numbers, missing);
  return table.unchecked(missing === 'passed');
}

// An ensemble may have many trees that are given the same columns.
const compared = new WeakSet<Value>();

/** Leaves rows without an answer that scikit-learn raises for when it rounds them to float32. */
export function refuseTooLargeForFloat32(g: GraphBuilder, x: Value): void {
  if (compared.has(x)) return;
  compared.add(x);
  refuseWhereAny(g, g.greaterOrEqual(g.abs(x), TOO_LARGE_FOR_FLOAT32));
}

/** Leaves rows without an answer in which a condition holds in any column. */
export function refuseWhereAny(g: GraphBuilder, condition: Value): void {
  g.refuseRows(g.reduceMax(condition));
}

/** What a step made NaN is missing to the next one, as is a missing value of the request. */
function refuseNotFinite(g: GraphBuilder, x: Value, missing: MissingRule): void {
  const size = g.abs(x);
  const isRefused =
    missing === 'refused' ? g.not(g.lessOrEqual(size, Number.MAX_VALUE)) : g.greater(size, Number.MAX_VALUE);
  refuseWhereAny(g, isRefused);
}
