import type { GraphBuilder, Value } from '../onnx-writer/index.js';
import { ZERO, type FeatureRole } from './lightgbm-tree.js';

/** X as the splits read it: 0 made missing where it counts so, categories cut to whole numbers. */
export function preparedInput(g: GraphBuilder, x: Value, { inputs, roles }: ReadInputs): Value {
  const maskOf = (role: FeatureRole) => g.bools(Array.from({ length: inputs }, (_, i) => roles.get(i) === role));
  const has = (role: FeatureRole) => [...roles.values()].includes(role);
  let prepared = x;
  if (has('number, 0 is missing')) {
    const isZero = g.and(g.lessOrEqual(g.abs(x), ZERO), maskOf('number, 0 is missing'));
    prepared = g.where(isZero, NaN, prepared);
  }
  return has('category') ? g.where(maskOf('category'), g.trunc(prepared), prepared) : prepared;
}

/** The same on rows [count, inputs]. */
export function preparedRows(rows: Float64Array, { inputs, roles }: ReadInputs): Float64Array {
  return rows.map((value, i) => {
    const role = roles.get(i % inputs);
    if (role === 'category') return Math.trunc(value);
    return role === 'number, 0 is missing' && Math.abs(value) <= ZERO ? NaN : value;
  });
}

interface ReadInputs {
  readonly inputs: number;
  readonly roles: ReadonlyMap<number, FeatureRole>;
}
