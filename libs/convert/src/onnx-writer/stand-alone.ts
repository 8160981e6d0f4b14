import type { InputTensor, Wiring } from '@app/core';
import type { DescribedModel, ModelOutputs } from '../fitted-model.js';
import { GraphBuilder } from './graph-builder.js';
import type { GraphInput, OutputPart } from './graph.js';
import type { Value } from './value.js';

/** A model as ONNX bytes, and how a signature's features and a prediction's parts meet its tensors. */
export interface StandAloneModel {
  readonly onnx: Uint8Array;
  readonly wiring: Wiring;
}

const PARTS: readonly OutputPart[] = ['score', 'probabilities', 'decision', 'label'];

/** Writes a graph of its own for a model: one input [N, F], or one [N, 1] a feature where some are texts. */
export function writeStandAlone(model: DescribedModel): StandAloneModel {
  const g = new GraphBuilder();
  const hasTexts = model.features.some(({ type }) => type === 'string');
  const outputs = hasTexts
    ? model.applyToColumns(g, columnsOf(g, model))
    : model.apply(g, g.input('x', 'double', model.inputs));
  declareOutputs(g, outputs);
  describe(g, model);
  return { onnx: g.build(), wiring: wiringOf(g, model.task) };
}

/** Declares those outputs that a model has. */
export function declareOutputs(g: GraphBuilder, outputs: ModelOutputs): void {
  for (const part of PARTS) {
    const value = outputs[part];
    if (value) g.output(part, value);
  }
}

/** How the inputs of a graph take features in order: the first input takes the first `width` of them, and so on. */
export function wiringOf(g: GraphBuilder, task: DescribedModel['task']): Wiring {
  const parts = Object.fromEntries(g.outputs.map((part) => [part, part]));
  return {
    inputs: g.inputs.map((input, i) => inputTensor(input, widthOf(g.inputs.slice(0, i)))),
    outputs: { ...parts, labelIsIndex: task === 'binary' || task === 'multiclass' },
  };
}

function columnsOf(g: GraphBuilder, { features }: DescribedModel): Value[] {
  return features.map(({ type }, i) => g.input(`x${i}`, type === 'string' ? 'string' : 'double'));
}

function describe(g: GraphBuilder, { task, classes, features }: DescribedModel): void {
  g.metadata('task', task);
  if (classes) g.metadata('classes', JSON.stringify(classes));
  g.metadata('feature_names', JSON.stringify(features.map(({ name }) => name)));
}

function inputTensor({ name, type, width }: GraphInput, first: number): InputTensor {
  const features = Array.from({ length: width }, (_, i) => first + i);
  return { name, type: type === 'string' ? 'string' : 'float64', rank: 2, features };
}

function widthOf(inputs: readonly GraphInput[]): number {
  return inputs.reduce((sum, { width }) => sum + width, 0);
}
