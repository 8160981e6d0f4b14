import { optionalNumberOf, type PyObject } from '../../pickle/index.js';
import type { Transformer } from '../converter.js';
import { isOlderThan } from '../library-version.js';
import { Table } from '../table.js';
import { checkedTable } from '../unchecked-rows.js';
import { categoriesOfEncoder, refusesUnknown, valueOfCategory, type ColumnCategories } from './categories.js';
import { encoderNeeds } from './encoder-needs.js';
import { groupsOf, type Groups } from './infrequent.js';

/** The place of each row's category, `unknown_value` for an unknown one, `encoded_missing_value` for a missing one. */
export function convertOrdinalEncoder(object: PyObject): Transformer {
  const columns = categoriesOfEncoder(object);
  const groups = groupsOf(object, columns);
  const codes = {
    unknown: optionalNumberOf(object, 'unknown_value') ?? NaN,
    missing: optionalNumberOf(object, 'encoded_missing_value') ?? NaN,
  };
  const values = columns.map((categories, i) => [...codesOf(categories, groups[i], codes.missing), codes.unknown]);
  const takesMissing = !isOlderThan(object, '1.0');
  return {
    inputs: columns.length,
    outputs: columns.length,
    needs: encoderNeeds(columns, { refusesUnknown: refusesUnknown(object), takesMissing }),
    transform: (g, table) => {
      const checked = checkedTable(g, table, 'handled');
      const parts = columns.map((categories, i) => valueOfCategory(g, checked.column(g, i), categories, values[i]));
      return Table.ofMatrix(g.concat(parts), columns.length);
    },
  };
}

/** The missing category is never put together with others. */
function codesOf({ count, missingAt }: ColumnCategories, groups: Groups | undefined, missing: number): number[] {
  return Array.from({ length: count }, (_, place) =>
    place === missingAt ? missing : (groups?.ofCategory[place] ?? place),
  );
}
