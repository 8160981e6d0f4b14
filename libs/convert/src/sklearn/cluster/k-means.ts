import type { PyObject } from '../../pickle/index.js';
import { inputsOf } from '../estimator/index.js';
import type { ModelConverter, TransformerConverter } from '../converter.js';
import { matrixOf, type Matrix } from '../fitted-numbers.js';
import { Table } from '../table.js';
import { checkedTable } from '../unchecked-rows.js';
import { squaredDistances } from './squared-distances.js';

/** The nearest centre. */
export const kMeans: ModelConverter = (object) => {
  const { centers, inputs } = centersOf(object);
  return {
    inputs,
    task: 'clustering',
    apply: (g, x) => ({ label: g.argMin(squaredDistances(g, x, centers)) }),
  };
};

/** The distances to all centres, as a step before another model. */
export const kMeansDistances: TransformerConverter = (object) => {
  const { centers, inputs } = centersOf(object);
  return {
    inputs,
    outputs: centers.rows,
    transform: (g, table) => {
      const x = checkedTable(g, table, 'refused').matrix(g);
      return Table.ofMatrix(g.sqrt(squaredDistances(g, x, centers)), centers.rows);
    },
  };
};

function centersOf(object: PyObject): { readonly centers: Matrix; readonly inputs: number } {
  const centers = matrixOf(object, 'cluster_centers_');
  return { centers, inputs: inputsOf(object, centers.columns) };
}
