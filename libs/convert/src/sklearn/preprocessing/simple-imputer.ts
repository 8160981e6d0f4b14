import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import {
  attribute,
  integersOf,
  arrayOf,
  listOf,
  optionalBooleanOf,
  optionalObjectOf,
  textOf,
  type PyObject,
  type PyValue,
} from '../../pickle/index.js';
import { unreadable, unsupported } from '../../trees/index.js';
import type { ColumnNeed, Transformer } from '../converter.js';
import { isOlderThan } from '../library-version.js';
import { Table, type Column } from '../table.js';
import { checkedTable } from '../unchecked-rows.js';
import { isMissingIn } from './categories.js';

interface Imputer {
  /** What stands in for a missing value, by column. */
  readonly fills: readonly (number | string)[];
  readonly kept: readonly number[];
  /** What counts as missing: NaN and None where it is undefined. */
  readonly marker: number | string | undefined;
  /** The columns of which an indicator is added behind the others. */
  readonly indicated: readonly number[];
}

/** Puts the statistic of a column in place of what is missing. */
export function convertSimpleImputer(object: PyObject): Transformer {
  const imputer = readImputer(object);
  const { fills, kept, indicated } = imputer;
  return {
    inputs: fills.length,
    outputs: kept.length + indicated.length,
    needs: fills.map((fill) => needOf(fill, imputer)),
    transform: (g, table) => {
      const checked = checkedTable(g, table, imputer.marker === undefined ? 'handled' : 'refused');
      const isText = fills.some((fill) => typeof fill === 'string');
      return isText ? imputeColumns(g, checked, imputer) : imputeMatrix(g, checked, imputer);
    },
  };
}

function readImputer(object: PyObject): Imputer {
  const statistics = listOf(object, 'statistics_').map(fillOf);
  // Columns in which training saw no value are dropped, unless they are to be kept.
  // Until 1.7 that constant was enough; since then they must be asked for.
  const fillsEmpty = textOf(object, 'strategy') === 'constant' && isOlderThan(object, '1.8');
  const keepsEmpty = fillsEmpty || optionalBooleanOf(object, 'keep_empty_features');
  const kept = statistics.flatMap((fill, i) => (keepsEmpty || !Number.isNaN(fill) ? [i] : []));
  if (kept.length === 0) unsupported('a SimpleImputer that drops all columns');
  return {
    fills: statistics,
    kept,
    marker: markerOf(attribute(object, 'missing_values')),
    indicated: indicatedOf(object),
  };
}

function fillOf(value: PyValue): number | string {
  if (value === null) return NaN;
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'number' || typeof value === 'string' ? value : unreadable('statistics_ of a SimpleImputer');
}

function markerOf(value: PyValue): Imputer['marker'] {
  if (value === null || Number.isNaN(value)) return undefined;
  if (typeof value === 'number' || typeof value === 'string') return value;
  return unsupported('a SimpleImputer whose missing_values are neither number nor text');
}

function indicatedOf(object: PyObject): readonly number[] {
  const indicator = optionalObjectOf(object, 'indicator_');
  return indicator ? integersOf(arrayOf(indicator, 'features_')) : [];
}

function needOf(fill: number | string, { marker }: Imputer): ColumnNeed {
  return {
    type: typeof fill === 'string' ? 'string' : 'double',
    missing: marker === undefined ? 'handled' : 'refused',
  };
}

function imputeMatrix(g: GraphBuilder, table: Table, { fills, kept, marker, indicated }: Imputer): Table {
  const x = table.matrix(g);
  const missing = marker === undefined ? g.isNaN(x) : g.equal(x, Number(marker));
  const filled = g.where(missing, Float64Array.from(fills, Number), x);
  const all = kept.length === fills.length ? filled : g.gather(filled, kept);
  const flags = indicated.length > 0 ? [g.gather(g.cast(missing, 'double'), indicated)] : [];
  return Table.ofMatrix(g.concat([all, ...flags]), kept.length + indicated.length).held(table.isSparse);
}

function imputeColumns(g: GraphBuilder, table: Table, imputer: Imputer): Table {
  const filled = imputer.kept.map((i) => filledColumn(g, table.column(g, i), { imputer, fill: imputer.fills[i] }));
  const flags = imputer.indicated.map((i): Column => {
    return { value: g.cast(missingIn(g, table.column(g, i), imputer), 'double'), type: 'double' };
  });
  return Table.ofColumns([...filled, ...flags]);
}

interface Filling {
  readonly imputer: Imputer;
  readonly fill: number | string;
}

function filledColumn(g: GraphBuilder, column: Column, { imputer, fill }: Filling): Column {
  const isText = typeof fill === 'string';
  if (isText !== (column.type === 'string')) unsupported('a SimpleImputer fills a column with values of another type');
  const value = g.where(missingIn(g, column, imputer), isText ? g.strings([fill]) : fill, column.value);
  return { value, type: column.type };
}

function missingIn(g: GraphBuilder, column: Column, { marker }: Imputer): Value {
  if (marker === undefined) return isMissingIn(g, column);
  return g.equal(column.value, typeof marker === 'string' ? g.strings([marker]) : marker);
}
