import type { InputTensor, Task, Wiring } from '@app/core';
import type { ModelOutputs } from '../fitted-model.js';
import type { GraphBuilder } from './graph-builder.js';
import type { GraphInput, OutputPart } from './graph.js';
import type { Value } from './value.js';

const PARTS: readonly OutputPart[] = ['score', 'probabilities', 'decision', 'label'];

/** Declares those outputs that a model has. */
export function declareOutputs(g: GraphBuilder, outputs: ModelOutputs, task: Task): void {
  for (const part of PARTS) {
    const value = outputs[part];
    if (value) g.output(part, g.refusals.length > 0 ? withoutRefused(g, value, nothingFor(part, task)) : value);
  }
}

/** What a row without an answer has in place of numbers, or of the index of a class. */
function nothingFor(part: OutputPart, task: Task): Nothing {
  if (part === 'label') return { index: -1 };
  // A transformer answers NaN where a value is missing.
  return { number: task === 'transform' ? Infinity : NaN };
}

type Nothing = { readonly index: number } | { readonly number: number };

function withoutRefused(g: GraphBuilder, value: Value, nothing: Nothing): Value {
  const isRefused = g.refusals.reduce((any, condition) => g.or(any, condition));
  if ('number' in nothing) return g.where(isRefused, nothing.number, value);
  return g.where(g.squeeze(isRefused, 1), g.int64s([nothing.index]), value);
}

/** How the inputs of a graph take features in order: the first input takes the first `width` of them, and so on. */
export function wiringOf(g: GraphBuilder, task: Task): Wiring {
  const parts = Object.fromEntries(g.outputs.map((part) => [part, part]));
  return {
    inputs: g.inputs.map((input, i) => inputTensor(input, widthOf(g.inputs.slice(0, i)))),
    outputs: { ...parts, labelIsIndex: task === 'binary' || task === 'multiclass' },
  };
}

function inputTensor({ name, type, width }: GraphInput, first: number): InputTensor {
  const features = Array.from({ length: width }, (_, i) => first + i);
  return { name, type: type === 'string' ? 'string' : 'float64', rank: 2, features };
}

function widthOf(inputs: readonly GraphInput[]): number {
  return inputs.reduce((sum, { width }) => sum + width, 0);
}
