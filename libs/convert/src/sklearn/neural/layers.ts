import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { className, doublesOf, listOf, NdArray, textOf, type PyObject } from '../../pickle/index.js';
import { unreadable, unsupported } from '../../trees/index.js';
import { matrixOfArray, type Matrix } from '../fitted-numbers.js';

type Activation = (g: GraphBuilder, x: Value) => Value;

const ACTIVATIONS: ReadonlyMap<string, Activation> = new Map<string, Activation>([
  ['identity', (_, x) => x],
  ['relu', (g, x) => g.relu(x)],
  ['tanh', (g, x) => g.tanh(x)],
  ['logistic', (g, x) => g.sigmoid(x)],
  ['softmax', (g, x) => g.softmax(x)],
  ['exponential', (g, x) => g.exp(x)],
]);

/** A layer of a network: x · weights + biases, and the activation. */
export interface Layer {
  readonly weights: Matrix;
  readonly biases: Float64Array;
  readonly activation: Activation;
}

/** The layers of a multilayer perceptron. */
export function layersOf(object: PyObject): readonly Layer[] {
  const weights = arraysOf(object, 'coefs_').map((array) => matrixOfArray(array, object, 'coefs_'));
  const biases = arraysOf(object, 'intercepts_').map((array) => doublesOf(array));
  const [hidden, last] = [activationOf(object, 'activation'), activationOf(object, 'out_activation_')];
  const isFit =
    weights.length > 0 &&
    weights.every((matrix, i) => {
      return biases[i]?.length === matrix.columns && (i === 0 || weights[i - 1].columns === matrix.rows);
    });
  if (!isFit) unreadable(`the layers of ${className(object)} do not fit each other`);
  return weights.map((matrix, i) => ({
    weights: matrix,
    biases: biases[i],
    activation: i < weights.length - 1 ? hidden : last,
  }));
}

/** Adds the layers to a graph. */
export function applyLayers(g: GraphBuilder, x: Value, layers: readonly Layer[]): Value {
  return layers.reduce((value, { weights: { rows, columns, data }, biases, activation }) => {
    const sums = g.add(g.matMul(value, g.doubles(data, [rows, columns])), biases);
    return activation(g, sums);
  }, x);
}

function activationOf(object: PyObject, name: string): Activation {
  const activation = textOf(object, name);
  return ACTIVATIONS.get(activation) ?? unsupported(`${className(object)} with the activation ${activation}`);
}

function arraysOf(object: PyObject, name: string): NdArray[] {
  return listOf(object, name).map((item) =>
    item instanceof NdArray ? item : unreadable(`${name} of ${className(object)} is no list of arrays`),
  );
}
