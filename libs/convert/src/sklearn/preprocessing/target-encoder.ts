import {
  attribute,
  doublesOf,
  itemsOf,
  listOf,
  NdArray,
  numbersOf,
  textOf,
  type PyObject,
} from '../../pickle/index.js';
import { unreadable } from '../../trees/index.js';
import type { Transformer } from '../converter.js';
import { checkWidth } from '../fitted-numbers.js';
import { Table } from '../table.js';
import { checkedTable } from '../unchecked-rows.js';
import { categoriesOfEncoder, valueOfCategory, type ColumnCategories } from './categories.js';
import { encoderNeeds } from './encoder-needs.js';

/** What training saw of the target for each category, and over all rows for an unknown one; one column a class where there are several. */
export function convertTargetEncoder(object: PyObject): Transformer {
  const columns = categoriesOfEncoder(object);
  const targets = textOf(object, 'target_type_') === 'multiclass' ? itemsOf(attribute(object, 'classes_')).length : 1;
  const outputs = checkWidth(columns.length * targets, 'TargetEncoder');
  const values = valuesOf(object, columns, targets);
  return {
    inputs: columns.length,
    outputs,
    needs: encoderNeeds(columns, { refusesUnknown: false, takesMissing: true }),
    transform: (g, table) => {
      const checked = checkedTable(g, table, 'handled');
      const parts = values.map((list, i) => {
        const column = Math.floor(i / targets);
        return valueOfCategory(g, checked.column(g, column), columns[column], list);
      });
      return Table.ofMatrix(g.concat(parts), outputs);
    },
  };
}

/** The encodings of each column, one after the other of its classes, and behind each the mean of the target. */
function valuesOf(object: PyObject, columns: readonly ColumnCategories[], targets: number): Float64Array[] {
  const means = numbersOf(object, 'target_mean_');
  const encodings = listOf(object, 'encodings_');
  if (means.length !== targets || encodings.length !== columns.length * targets) misfit();
  return encodings.map((encoding, i) => {
    const known = encoding instanceof NdArray ? doublesOf(encoding) : misfit();
    const list = Float64Array.of(...known, means[i % targets]);
    const isWhole = known.length === columns[Math.floor(i / targets)].count && list.every(Number.isFinite);
    return isWhole ? list : misfit();
  });
}

function misfit(): never {
  return unreadable('the encodings of a TargetEncoder do not fit its categories');
}
