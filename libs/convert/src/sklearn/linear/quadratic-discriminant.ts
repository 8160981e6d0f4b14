import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { className, doublesOf, listOf, NdArray, type PyObject } from '../../pickle/index.js';
import { unreadable } from '../../trees/index.js';
import type { TableModel } from '../converter.js';
import { classesOf, factsOf } from '../estimator/index.js';
import { matrixOf, matrixOfArray, vectorOf, type Matrix } from '../fitted-numbers.js';

interface ClassShape {
  readonly mean: Float64Array;
  /** Rotation and scaling in one: [features, rank]. */
  readonly axes: Matrix;
  readonly offset: number;
}

/** Quadratic discriminant analysis: each class has a mean and a shape of its own. */
export function convertQuadraticDiscriminantAnalysis(object: PyObject): TableModel {
  const classes = classesOf(object);
  const shapes = shapesOf(object, classes.length);
  const inputs = shapes[0].mean.length;
  return {
    inputs,
    ...factsOf(classes),
    apply: (g, x) => {
      const likelihoods = g.concat(shapes.map((shape) => logLikelihood(g, x, shape)));
      const isBinary = classes.length === 2;
      const decision = isBinary ? g.sub(g.gather(likelihoods, [1]), g.gather(likelihoods, [0])) : likelihoods;
      return { decision, probabilities: g.softmax(likelihoods), label: g.argMax(likelihoods) };
    },
  };
}

function logLikelihood(g: GraphBuilder, x: Value, { mean, axes, offset }: ClassShape): Value {
  const turned = g.matMul(g.sub(x, mean), g.doubles(axes.data, [axes.rows, axes.columns]));
  return g.add(g.mul(g.reduceSum(g.mul(turned, turned)), -0.5), offset);
}

function shapesOf(object: PyObject, count: number): ClassShape[] {
  const means = matrixOf(object, 'means_');
  const priors = vectorOf(object, 'priors_', count);
  const rotations = arraysOf(object, 'rotations_', count);
  const scalings = arraysOf(object, 'scalings_', count);
  if (means.rows !== count) unreadable(`${className(object)} has ${means.rows} means for ${count} classes`);
  return rotations.map((rotation, i) => {
    const mean = means.data.slice(i * means.columns, (i + 1) * means.columns);
    return classShape(
      { mean, prior: priors[i] },
      matrixOfArray(rotation, object, 'rotations_'),
      doublesOf(scalings[i]),
    );
  });
}

interface MeanAndPrior {
  readonly mean: Float64Array;
  readonly prior: number;
}

function classShape({ mean, prior }: MeanAndPrior, rotation: Matrix, scaling: Float64Array): ClassShape {
  const { rows, columns, data } = rotation;
  const isFit = rows === mean.length && columns === scaling.length && scaling.every((value) => value > 0);
  if (!isFit) unreadable('the rotations and scalings of a QuadraticDiscriminantAnalysis do not fit each other');
  const axes = { rows, columns, data: data.map((value, i) => value * scaling[i % columns] ** -0.5) };
  const spread = scaling.reduce((sum, value) => sum + Math.log(value), 0);
  return { mean, axes, offset: -0.5 * spread + Math.log(prior) };
}

function arraysOf(object: PyObject, name: string, count: number): NdArray[] {
  const arrays = listOf(object, name).filter((item) => item instanceof NdArray);
  return arrays.length === count ? arrays : unreadable(`${name} of ${className(object)} does not fit its classes`);
}
