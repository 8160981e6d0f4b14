import type { Label, Task } from '@app/core';
import type { ModelOutputs } from '../../fitted-model.js';
import type { GraphBuilder } from '../../onnx-writer/index.js';
import type { PyObject } from '../../pickle/index.js';
import { bothNeeds, needsOfModel } from '../column-needs.js';
import type { ColumnNeed, TableModel } from '../converter.js';
import { Table } from '../table.js';
import { inputsOf } from './inputs.js';
import { checkInputs } from './parts.js';

/** What a combination of models makes of their outputs. */
export interface Combination {
  readonly task: Task;
  readonly classes?: readonly Label[];
  readonly targets?: number;
  /** Adds the parts and what combines them to a graph. */
  readonly outputs: (g: GraphBuilder, table: Table) => ModelOutputs;
}

/** A model made of models that all take the same columns; texts among them where a part takes texts. */
export function combinedModel(object: PyObject, parts: readonly TableModel[], combination: Combination): TableModel {
  const { outputs, ...facts } = combination;
  const inputs = inputsOf(object, parts[0].inputs);
  checkInputs(object, parts, inputs);
  return {
    ...facts,
    inputs,
    needs: needsOfAll(parts),
    apply: (g, x) => outputs(g, Table.ofMatrix(x, inputs)),
    applyToTable: outputs,
  };
}

function needsOfAll(parts: readonly TableModel[]): readonly ColumnNeed[] {
  const needs = parts.map(needsOfModel);
  return needs[0].map((first, column) => needs.slice(1).reduce((all, own) => bothNeeds(all, own[column]), first));
}
