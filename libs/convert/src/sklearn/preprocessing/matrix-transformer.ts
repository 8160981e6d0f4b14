import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { numbersNeeded } from '../column-needs.js';
import type { MissingRule, Transformer } from '../converter.js';
import { Table } from '../table.js';
import { checkedTable } from '../unchecked-rows.js';

/** A transformer that computes on a matrix of doubles. */
export interface MatrixTransformer {
  readonly inputs: number | undefined;
  /** As many as it takes, unless given. */
  readonly outputs?: number;
  readonly missing: MissingRule;
  /** Whether what it gives is a sparse matrix; as what it takes, unless given. */
  readonly isSparse?: boolean;
  /** Whether it takes what steps before it made NaN or infinite, as it takes anything. */
  readonly takesAnything?: boolean;
  /** Whether it can make NaN or infinity of finite numbers, other than the largest ones. */
  readonly isPartial?: boolean;
  readonly apply: (g: GraphBuilder, x: Value) => Value;
  readonly inverse?: (g: GraphBuilder, x: Value) => Value;
  readonly onRows?: Transformer['onRows'];
}

/** Makes a transformer of what happens to a matrix. */
export function matrixTransformer({ inputs, missing, apply, inverse, ...rest }: MatrixTransformer): Transformer {
  const outputs = rest.outputs ?? inputs;
  const onTable = (step: MatrixTransformer['apply']) => (g: GraphBuilder, table: Table) =>
    Table.ofMatrix(step(g, table.matrix(g)), outputs ?? table.width).held(rest.isSparse ?? table.isSparse);
  const forward = onTable(apply);
  return {
    inputs,
    outputs,
    ...(inputs !== undefined && { needs: numbersNeeded(inputs, missing) }),
    ...(rest.onRows && { onRows: rest.onRows }),
    transform: (g, table) => {
      const checked = rest.takesAnything ? table : checkedTable(g, table, missing);
      return forward(g, checked).unchecked(checked.isUnchecked || (rest.isPartial ?? false));
    },
    ...(inverse && { inverse: onTable(inverse) }),
  };
}

/** A transformer that keeps some of the columns. */
export function columnSelection(inputs: number, kept: readonly number[], missing: MissingRule): Transformer {
  return {
    inputs,
    outputs: kept.length,
    needs: numbersNeeded(inputs, missing),
    transform: (g, table) => checkedTable(g, table, missing).select(g, kept),
  };
}
