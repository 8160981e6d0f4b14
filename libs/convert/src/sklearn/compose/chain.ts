import { unreadable } from '../../trees/index.js';
import { needsOfTransformer, needsThrough } from '../column-needs.js';
import type { ColumnNeed, Transformer } from '../converter.js';
import { passthrough } from './passthrough.js';

/** Transformers one after the other, as one. */
export function chainOf(steps: readonly Transformer[]): Transformer {
  if (steps.length === 0) return passthrough;
  return steps.reduce(joined);
}

function joined(first: Transformer, second: Transformer): Transformer {
  const inputs = inputsBefore(first, second.inputs);
  const outputs = widthAfter(second, widthAfter(first, inputs));
  const needs = inputs === undefined ? undefined : needsBefore(first, inputs, needsOfNext(second, first, inputs));
  return {
    inputs,
    outputs,
    ...(needs && { needs }),
    transform: (g, table) => second.transform(g, first.transform(g, table)),
    ...inverses(first, second),
    ...(first.onRows && second.onRows && { onRows: { transform: both(first, second), inverse: back(first, second) } }),
  };
}

function inverses({ inverse: first }: Transformer, { inverse: second }: Transformer): Pick<Transformer, 'inverse'> {
  return first && second ? { inverse: (g, table) => first(g, second(g, table)) } : {};
}

function both(first: Transformer, second: Transformer) {
  return (rows: Float64Array) => second.onRows!.transform(first.onRows!.transform(rows));
}

function back(first: Transformer, second: Transformer) {
  return (rows: Float64Array) => first.onRows!.inverse(second.onRows!.inverse(rows));
}

/** How many columns a step must be given, where it or what follows it says so. */
export function inputsBefore(step: Transformer, next: number | undefined): number | undefined {
  return step.inputs ?? (step.outputs === undefined ? next : undefined);
}

/** How many columns come out of a step that is given `width`; refuses where it takes another number. */
export function widthAfter({ inputs, outputs }: Transformer, width: number | undefined): number | undefined {
  if (inputs !== undefined && width !== undefined && inputs !== width) {
    unreadable(`a step for ${inputs} columns is given ${width}`);
  }
  return outputs ?? width ?? inputs;
}

/** What a step asks of its columns when the next asks for `next`. */
export function needsBefore(step: Transformer, width: number, next: readonly ColumnNeed[]): readonly ColumnNeed[] {
  // A step that does nothing asks for what the next one does.
  if (!step.needs && step.outputs === undefined) return next;
  return needsThrough(needsOfTransformer(step, width), next);
}

function needsOfNext(second: Transformer, first: Transformer, inputs: number): readonly ColumnNeed[] {
  return needsOfTransformer(second, widthAfter(first, inputs) ?? inputs);
}
