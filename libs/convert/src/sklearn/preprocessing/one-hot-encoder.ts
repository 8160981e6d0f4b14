import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { itemsOf, optionalAttribute, optionalBooleanOf, type PyObject } from '../../pickle/index.js';
import { unreadable } from '../../trees/index.js';
import type { Transformer } from '../converter.js';
import { Table } from '../table.js';
import { categoriesOfEncoder, membership, refusesUnknown, type ColumnCategories } from './categories.js';
import { encoderNeeds } from './encoder-needs.js';

/** A column of zeros and one 1 for each category that is not dropped; an unknown category is all zeros. */
export function convertOneHotEncoder(object: PyObject): Transformer {
  const columns = categoriesOfEncoder(object);
  const kept = keptOf(object, columns);
  const outputs = kept.reduce((sum, { length }) => sum + length, 0);
  // `sparse` until 1.1.
  const isSparse = optionalBooleanOf(object, 'sparse_output') ?? optionalBooleanOf(object, 'sparse') ?? true;
  return {
    inputs: columns.length,
    outputs,
    needs: encoderNeeds(columns, { refusesUnknown: refusesUnknown(object), takesMissing: true }),
    transform: (g, table) => {
      const parts = columns.map((categories, i) => encoded(g, table, i, { categories, kept: kept[i] }));
      return Table.ofMatrix(g.concat(parts.filter((part) => part !== undefined)), outputs).held(isSparse);
    },
  };
}

interface Encoding {
  readonly categories: ColumnCategories;
  readonly kept: readonly number[];
}

function encoded(g: GraphBuilder, table: Table, i: number, { categories, kept }: Encoding): Value | undefined {
  if (kept.length === 0) return undefined;
  const all = membership(g, table.column(g, i), categories);
  return kept.length === categories.count ? all : g.gather(all, kept);
}

/** The places of the categories that stay, by column. */
function keptOf(object: PyObject, columns: readonly ColumnCategories[]): number[][] {
  const stored = optionalAttribute(object, 'drop_idx_');
  const dropped = stored === undefined ? [] : itemsOf(stored);
  if (stored !== undefined && dropped.length !== columns.length) unreadable('drop_idx_ does not fit the categories');
  return columns.map(({ count }, i) => [...Array(count).keys()].filter((place) => place !== dropped[i]));
}
