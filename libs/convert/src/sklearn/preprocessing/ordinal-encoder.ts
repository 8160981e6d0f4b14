import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { optionalNumberOf, type PyObject } from '../../pickle/index.js';
import type { Transformer } from '../converter.js';
import { isOlderThan } from '../library-version.js';
import { Table } from '../table.js';
import { categoriesOfEncoder, membership, refusesUnknown, type ColumnCategories } from './categories.js';
import { encoderNeeds } from './encoder-needs.js';

/** The place of each row's category, `unknown_value` for an unknown one, `encoded_missing_value` for a missing one. */
export function convertOrdinalEncoder(object: PyObject): Transformer {
  const columns = categoriesOfEncoder(object);
  const codes = {
    unknown: optionalNumberOf(object, 'unknown_value') ?? NaN,
    missing: optionalNumberOf(object, 'encoded_missing_value') ?? NaN,
  };
  const takesMissing = !isOlderThan(object, '1.0');
  return {
    inputs: columns.length,
    outputs: columns.length,
    needs: encoderNeeds(columns, { refusesUnknown: refusesUnknown(object), takesMissing }),
    transform: (g, table) => {
      const parts = columns.map((categories, i) => codesOf(g, table, i, { categories, codes }));
      return Table.ofMatrix(g.concat(parts), columns.length);
    },
  };
}

interface Coding {
  readonly categories: ColumnCategories;
  readonly codes: { readonly unknown: number; readonly missing: number };
}

/** Looked up by place, with the code of the unknown behind those of the categories. */
function codesOf(g: GraphBuilder, table: Table, i: number, { categories, codes }: Coding): Value {
  const { count, missingAt } = categories;
  const isCategory = membership(g, table.column(g, i), categories);
  const isUnknown = g.sub(1, g.reduceMax(isCategory));
  const place = g.argMax(g.concat([isCategory, isUnknown]), { keepDims: true });
  const known = Array.from({ length: count }, (_, code) => (code === missingAt ? codes.missing : code));
  return g.gather(g.doubles([...known, codes.unknown]), place, 0);
}
