import type { Label } from '@app/core';
import { itemsOf, NdArray, numbersOf, PyTuple, textOf, type PyObject } from '../../pickle/index.js';
import { unreadable, unsupported } from '../../trees/index.js';
import type { ModelConverter } from '../converter.js';
import { classFactsOf, constantRows } from '../estimator/index.js';
import { dummyInputs } from './dummy-inputs.js';

/** The same probabilities for all rows; refuses the strategies that draw lots. */
export const dummyClassifier: ModelConverter = (object, context) => {
  const facts = classFactsOf(object);
  const shares = sharesOfDummy(object, facts.classes);
  return {
    inputs: dummyInputs(object, context),
    ...facts,
    takesMissing: true,
    apply: (g, x) => {
      const probabilities = constantRows(g, x, shares);
      return { probabilities, label: g.argMax(probabilities) };
    },
  };
};

/** The probabilities that a DummyClassifier has for all rows. */
export function sharesOfDummy(object: PyObject, classes: readonly Label[]): readonly number[] {
  const strategy = textOf(object, 'strategy');
  if (strategy === 'constant') return onlyOne(classes.indexOf(constantOf(object)), classes.length);
  if (strategy !== 'prior' && strategy !== 'most_frequent') return unsupported(`DummyClassifier that is ${strategy}`);
  const prior = [...numbersOf(object, 'class_prior_')];
  if (prior.length !== classes.length || !prior.every(Number.isFinite)) unreadable('class_prior_ of DummyClassifier');
  return strategy === 'prior' ? prior : onlyOne(prior.indexOf(Math.max(...prior)), classes.length);
}

function constantOf(object: PyObject): Label {
  const value = object.get('constant') ?? null;
  const isSequence = Array.isArray(value) || value instanceof PyTuple || value instanceof NdArray;
  return (isSequence ? itemsOf(value)[0] : value) as Label;
}

function onlyOne(place: number, count: number): readonly number[] {
  if (place < 0) unreadable('the constant of DummyClassifier is none of its classes');
  return Array.from({ length: count }, (_, i) => Number(i === place));
}
