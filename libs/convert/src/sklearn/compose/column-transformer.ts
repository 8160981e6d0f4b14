import { integerOf, optionalBooleanOf, type PyObject, type PyValue } from '../../pickle/index.js';
import { unsupported } from '../../trees/index.js';
import { bothNeeds, numbersNeeded } from '../column-needs.js';
import type { ColumnNeed, ConversionContext, Transformer } from '../converter.js';
import { storedNames } from '../feature-names.js';
import { checkWidth } from '../fitted-numbers.js';
import { Table } from '../table.js';
import { needsBefore, widthAfter } from './chain.js';
import { columnIndices } from './column-indices.js';
import { weighted, weightsOf } from './feature-union.js';
import { tuplesOf } from './named-steps.js';

/** One transformer and the columns that it is given. */
interface Part {
  readonly step: Transformer;
  readonly columns: readonly number[];
  readonly width: number;
}

/** Different transformers for different columns, side by side. */
export function convertColumnTransformer(object: PyObject, context: ConversionContext): Transformer {
  const columns = { width: integerOf(object, 'n_features_in_'), names: storedNames(object) };
  const parts = tuplesOf(object, 'transformers_', 3)
    .filter(([, step]) => step !== 'drop')
    .map((entry) => partOf(entry, columnIndices(entry[2], columns), { object, context }))
    .filter((part) => part !== undefined);
  if (parts.length === 0) return unsupported('a ColumnTransformer that keeps no columns');
  const outputs = parts.reduce((sum, { width }) => sum + width, 0);
  // Decided in training, by the share of zeros.
  const isSparse = optionalBooleanOf(object, 'sparse_output_') ?? false;
  return {
    inputs: columns.width,
    outputs: checkWidth(outputs, 'a ColumnTransformer'),
    needs: needsOf(parts, columns.width),
    transform: (g, table) =>
      Table.join(
        g,
        parts.map(({ step, columns: some }) => step.transform(g, table.select(g, some))),
      ).held(isSparse),
  };
}

interface Owner {
  readonly object: PyObject;
  readonly context: ConversionContext;
}

function partOf([name, value]: readonly PyValue[], columns: readonly number[], owner: Owner): Part | undefined {
  // A transformer without columns was never fitted.
  if (columns.length === 0) return undefined;
  const step = weighted(owner.context.transformer(value), weightsOf(owner.object)?.get(name));
  return { step, columns, width: widthAfter(step, columns.length)! };
}

function needsOf(parts: readonly Part[], width: number): readonly ColumnNeed[] {
  const needs: (ColumnNeed | undefined)[] = Array.from({ length: width });
  for (const { step, columns } of parts) {
    const ofStep = needsBefore(step, columns.length, numbersNeeded(columns.length, 'passed'));
    columns.forEach((column, i) => (needs[column] = bothNeeds(needs[column], ofStep[i])));
  }
  // What nothing uses may be missing.
  return needs.map((need) => need ?? { type: 'double', missing: 'handled' });
}
