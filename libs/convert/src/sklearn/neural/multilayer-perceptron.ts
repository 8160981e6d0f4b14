import { className, textOf, type PyObject } from '../../pickle/index.js';
import { unreadable, unsupported } from '../../trees/index.js';
import type { TableModel } from '../converter.js';
import { bothClasses, classesOf, factsOf, mostProbable } from '../estimator/index.js';
import { applyLayers, layersOf } from './layers.js';

/** A network whose outputs are the targets. */
export function convertMlpRegressor(object: PyObject): TableModel {
  const layers = layersOf(object);
  return {
    inputs: layers[0].weights.rows,
    task: 'regression',
    targets: layers.at(-1)!.weights.columns,
    apply: (g, x) => ({ score: applyLayers(g, x, layers) }),
  };
}

/** A network whose outputs are probabilities: of the second of two classes, or of all. */
export function convertMlpClassifier(object: PyObject): TableModel {
  const layers = layersOf(object);
  const classes = classesOf(object);
  const width = layers.at(-1)!.weights.columns;
  if (textOf(object, 'out_activation_') === 'logistic' && width > 1) {
    unsupported(`${className(object)} with several labels a row`);
  }
  if (width !== (classes.length === 2 ? 1 : classes.length))
    unreadable(`${className(object)} does not fit its classes`);
  return {
    inputs: layers[0].weights.rows,
    ...factsOf(classes),
    apply: (g, x) => {
      const outputs = applyLayers(g, x, layers);
      return mostProbable(g, width === 1 ? bothClasses(g, outputs) : outputs);
    },
  };
}
