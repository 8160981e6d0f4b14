import { optionalAttribute, PyDict, type PyObject, type PyValue } from '../../pickle/index.js';
import { unreadable, unsupported } from '../../trees/index.js';
import { bothNeeds, numbersNeeded } from '../column-needs.js';
import type { ColumnNeed, ConversionContext, Transformer } from '../converter.js';
import { Table } from '../table.js';
import { needsBefore, widthAfter } from './chain.js';
import { tuplesOf } from './named-steps.js';

/** Several transformers of the same columns, side by side. */
export function convertFeatureUnion(object: PyObject, context: ConversionContext): Transformer {
  const members = tuplesOf(object, 'transformer_list', 2).filter(([, member]) => member !== 'drop' && member !== null);
  const weights = weightsOf(object);
  const parts = members.map(([name, member]) => weighted(context.transformer(member), weights?.get(name)));
  const inputs = parts.find((part) => part.inputs !== undefined)?.inputs;
  if (inputs === undefined) return unreadable('a FeatureUnion does not say how many columns it takes');
  const outputs = parts.reduce((sum, part) => sum + widthAfter(part, inputs)!, 0);
  return {
    inputs,
    outputs,
    needs: sharedNeeds(parts, inputs),
    transform: (g, table) =>
      Table.join(
        g,
        parts.map((part) => part.transform(g, table)),
      ),
  };
}

function sharedNeeds(parts: readonly Transformer[], inputs: number): readonly ColumnNeed[] {
  return parts
    .map((part) => needsBefore(part, inputs, numbersNeeded(inputs, 'passed')))
    .reduce((a, b) => a.map((need, i) => bothNeeds(need, b[i])));
}

/** `transformer_weights` by name of the transformer. */
export function weightsOf(object: PyObject): PyDict | undefined {
  const weights = optionalAttribute(object, 'transformer_weights');
  if (weights === undefined || weights instanceof PyDict) return weights;
  return unsupported('transformer_weights that are no dict');
}

/** A transformer whose output is multiplied. */
export function weighted(step: Transformer, weight: PyValue | undefined): Transformer {
  if (weight === undefined || weight === null) return step;
  if (typeof weight !== 'number') return unsupported('a weight of a transformer that is no number');
  return {
    ...step,
    transform: (g, table) => {
      const plain = step.transform(g, table);
      return Table.ofMatrix(g.mul(plain.matrix(g), weight), plain.width).heldAs(plain);
    },
  };
}
