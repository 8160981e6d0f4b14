import { listOf, optionalBooleanOf, type PyObject } from '../../pickle/index.js';
import { unreadable } from '../../trees/index.js';
import type { Transformer } from '../converter.js';
import { vectorOf } from '../fitted-numbers.js';
import { Table } from '../table.js';
import { scaler } from './scaler.js';

/** x * scale_ + min_, and moved into the range where `clip` is set. */
export function convertMinMaxScaler(object: PyObject): Transformer {
  const [scale, min] = [vectorOf(object, 'scale_'), vectorOf(object, 'min_')];
  const plain = scaler(
    object,
    [
      { operation: 'mul', by: scale },
      { operation: 'add', by: min },
    ],
    [
      { operation: 'sub', by: min },
      { operation: 'div', by: scale },
    ],
  );
  return optionalBooleanOf(object, 'clip') ? clipped(plain, rangeOf(object)) : plain;
}

/** x / scale_, and moved into -1 to 1 where `clip` is set (1.8). */
export function convertMaxAbsScaler(object: PyObject): Transformer {
  const by = vectorOf(object, 'scale_');
  const plain = scaler(object, [{ operation: 'div', by }], [{ operation: 'mul', by }]);
  return optionalBooleanOf(object, 'clip') ? clipped(plain, [-1, 1]) : plain;
}

function clipped(plain: Transformer, [low, high]: readonly [number, number]): Transformer {
  const { onRows, ...graphOnly } = plain;
  return {
    ...graphOnly,
    ...(onRows && { onRows: { ...onRows, transform: (rows) => clip(onRows.transform(rows), low, high) } }),
    transform: (g, table) => {
      const scaled = plain.transform(g, table);
      return Table.ofMatrix(g.clip(scaled.matrix(g), low, high), scaled.width).heldAs(scaled);
    },
  };
}

function clip(rows: Float64Array, low: number, high: number): Float64Array {
  return rows.map((value) => Math.min(Math.max(value, low), high));
}

function rangeOf(object: PyObject): readonly [number, number] {
  const [low, high] = listOf(object, 'feature_range');
  if (typeof low === 'number' && typeof high === 'number') return [low, high];
  return unreadable('feature_range of the MinMaxScaler is no pair of numbers');
}
