import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { itemsOf, optionalAttribute, optionalBooleanOf, optionalTextOf, type PyObject } from '../../pickle/index.js';
import { unreadable, unsupported } from '../../trees/index.js';
import type { Transformer } from '../converter.js';
import { Table } from '../table.js';
import { checkedTable } from '../unchecked-rows.js';
import { categoriesOfEncoder, isUnknown, membership, refusesUnknown, type ColumnCategories } from './categories.js';
import { encoderNeeds } from './encoder-needs.js';
import { groupsOf, type Groups } from './infrequent.js';

/** What happens to the categories of a column. */
interface Encoding {
  readonly categories: ColumnCategories;
  readonly groups: Groups | undefined;
  /** Whether an unknown category is one of the infrequent ones. */
  readonly joinsUnknown: boolean;
  /** The places that are not dropped, of categories or of their groups. */
  readonly kept: readonly number[];
}

/** A column of zeros and one 1 for each category, or group of them, that is not dropped. */
export function convertOneHotEncoder(object: PyObject): Transformer {
  const columns = categoriesOfEncoder(object);
  const encodings = encodingsOf(object, columns);
  const outputs = encodings.reduce((sum, { kept }) => sum + kept.length, 0);
  if (outputs === 0) unsupported('a OneHotEncoder that drops all categories');
  // `sparse` until 1.1.
  const isSparse = optionalBooleanOf(object, 'sparse_output') ?? optionalBooleanOf(object, 'sparse') ?? true;
  return {
    inputs: columns.length,
    outputs,
    needs: encoderNeeds(columns, { refusesUnknown: refusesUnknown(object), takesMissing: true }),
    transform: (g, table) => {
      const checked = checkedTable(g, table, 'handled');
      const parts = encodings.map((encoding, i) => encoded(g, checked, i, encoding));
      return Table.ofMatrix(g.concat(parts.filter((part) => part !== undefined)), outputs).held(isSparse);
    },
  };
}

function encodingsOf(object: PyObject, columns: readonly ColumnCategories[]): Encoding[] {
  const groups = groupsOf(object, columns);
  const dropped = droppedOf(object, columns.length);
  const joinsUnknown = ['infrequent_if_exist', 'warn'].includes(optionalTextOf(object, 'handle_unknown') ?? '');
  return columns.map((categories, i) => {
    const places = [...Array(groups[i]?.count ?? categories.count).keys()];
    return { categories, groups: groups[i], joinsUnknown, kept: places.filter((place) => place !== dropped[i]) };
  });
}

function encoded(g: GraphBuilder, table: Table, i: number, encoding: Encoding): Value | undefined {
  const { categories, groups, kept } = encoding;
  if (kept.length === 0) return undefined;
  const isCategory = membership(g, table.column(g, i), categories);
  const all = groups ? grouped(g, isCategory, groups, encoding) : isCategory;
  return kept.length === (groups ?? categories).count ? all : g.gather(all, kept);
}

/** The infrequent categories are the last group. */
function grouped(g: GraphBuilder, isCategory: Value, groups: Groups, { categories, joinsUnknown }: Encoding): Value {
  const { ofCategory, count } = groups;
  if (ofCategory.length !== categories.count)
    return unreadable('infrequent categories that do not fit a OneHotEncoder');
  const one = (group: number) => Array.from({ length: count }, (_, i) => Number(i === group));
  const members = g.doubles(ofCategory.flatMap(one), [ofCategory.length, count]);
  const known = g.matMul(isCategory, members);
  if (!joinsUnknown) return known;
  return g.add(known, g.matMul(isUnknown(g, isCategory), g.doubles(one(count - 1), [1, count])));
}

/** The place that is dropped of each column; of groups since infrequent categories may be dropped too (1.2). */
function droppedOf(object: PyObject, columns: number): readonly unknown[] {
  const name = object.get('_drop_idx_after_grouping') === undefined ? 'drop_idx_' : '_drop_idx_after_grouping';
  const stored = optionalAttribute(object, name);
  const dropped = stored === undefined ? [] : itemsOf(stored);
  if (stored !== undefined && dropped.length !== columns) unreadable('drop_idx_ does not fit the categories');
  return dropped;
}
